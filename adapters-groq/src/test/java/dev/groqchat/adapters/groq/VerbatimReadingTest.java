package dev.groqchat.adapters.groq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.application.port.out.ReplyStream.Part;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.failure.Failure.QuestionRefused.Reason;
import dev.groqchat.domain.turn.FinishReason;
import dev.groqchat.domain.turn.Usage;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** From a stream's bytes to the pieces that are passed on, however the bytes are split. */
class VerbatimReadingTest {
  private static final String USED =
      "{\"queue_time\":0.01,\"prompt_tokens\":75,\"completion_tokens\":3}";
  private static final String ROLE =
      "{\"id\":\"1\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}],\"x_groq\":{\"id\":\"req_1\"}}";
  private static final String TEXT =
      "{ \"choices\" :[{\"index\":0,\"delta\":{\"content\":\"a é 中 😀 \\ud83d\"},\"logprobs\":null,\"finish_reason\":null}] ,\"n\":1.50}";
  private static final String TOOL =
      "{\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"id\":\"fc\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"},\"index\":0}]},\"finish_reason\":null}]}";
  private static final String BARE_END =
      "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}";
  private static final String WHOLE_END =
      "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],\"x_groq\":{\"usage\":"
          + USED
          + "},\"usage\":"
          + USED
          + "}";
  private static final String USAGE =
      "{\"choices\":[],\"usage\":" + USED + ",\"service_tier\":\"on_demand\"}";
  private static final String DONE = data("[DONE]");

  private record Read(List<Part> parts, @Nullable Failure failure) {
    List<String> pieces() {
      return parts.stream()
          .filter(Part.Verbatim.class::isInstance)
          .map(part -> ((Part.Verbatim) part).words())
          .toList();
    }
  }

  static Stream<Arguments> corpus() {
    return Stream.of(
        reply(
            "the provider's own", data(ROLE, TEXT, WHOLE_END, USAGE) + DONE, ROLE, TEXT, WHOLE_END),
        reply("a call of a function", data(ROLE, TOOL, WHOLE_END) + DONE, ROLE, TOOL, WHOLE_END),
        reply("no [DONE]", data(TEXT, WHOLE_END), TEXT, WHOLE_END),
        reply(
            "usage in a later event",
            data(TEXT, BARE_END, USAGE) + DONE,
            TEXT,
            end(",\"x_groq\":{\"usage\":" + USED + "},\"usage\":" + USED)),
        reply(
            "usage in a later event with a choice, as OpenRouter has it",
            data(TEXT, BARE_END, ROLE.replace("\"x_groq\"", "\"usage\":" + USED + ",\"provider\""))
                + DONE,
            TEXT,
            end(",\"x_groq\":{\"usage\":" + USED + "},\"usage\":" + USED)),
        reply(
            "usage only at the top",
            data(end(",\"usage\":" + USED)),
            end(",\"usage\":" + USED + ",\"x_groq\":{\"usage\":" + USED + "}")),
        reply(
            "usage only from x_groq",
            data(end(",\"x_groq\":{\"id\":\"r\",\"usage\":" + USED + "},\"z\":0")),
            end(",\"x_groq\":{\"id\":\"r\",\"usage\":" + USED + "},\"z\":0,\"usage\":" + USED)),
        reply(
            "usage that is null in one place",
            data(end(",\"usage\":null,\"x_groq\":{ }"), USAGE),
            end(",\"usage\":" + USED + ",\"x_groq\":{\"usage\":" + USED + " }")),
        reply(
            "an error that is none",
            data(
                "{\"error\":null,\"choices\":[{\"delta\":{\"content\":\"a\"}}]}",
                "{\"choices\":[{\"delta\":{\"content\":\"a\"}}], \"error\" : null }",
                end(",\"error\":null,\"usage\":" + USED + ",\"x_groq\":{\"usage\":" + USED + "}")),
            "{\"choices\":[{\"delta\":{\"content\":\"a\"}}]}",
            "{\"choices\":[{\"delta\":{\"content\":\"a\"}}] }",
            end(",\"usage\":" + USED + ",\"x_groq\":{\"usage\":" + USED + "}")),
        reply(
            "comments, names and lines of one event",
            ": PROCESSING\n\nevent: message\ndata: {\"choices\":\ndata: [{\"delta\":{\"content\":\"a\"}}]}\n\n"
                + data(WHOLE_END),
            "{\"choices\": [{\"delta\":{\"content\":\"a\"}}]}",
            WHOLE_END),
        reply("CRLF", (data(TEXT, WHOLE_END) + DONE).replace("\n", "\r\n"), TEXT, WHOLE_END),
        reply(
            "line separators",
            data(TEXT.replace("a é", "\u2028\u2029\u0085"), WHOLE_END),
            TEXT.replace("a é", "\u2028\u2029\u0085"),
            WHOLE_END),
        reply(
            "what nobody knows",
            "event: ping\ndata: {}\n\n" + data("{\"new\":1}", TEXT, WHOLE_END),
            "{\"new\":1}",
            TEXT,
            WHOLE_END),
        reply("after the end", data(WHOLE_END) + DONE + data(TEXT), WHOLE_END),
        reply(
            "several answers",
            data(TEXT, other(TEXT), BARE_END, other(TEXT), other(WHOLE_END)) + DONE,
            TEXT,
            other(TEXT),
            BARE_END,
            other(TEXT),
            other(WHOLE_END)),
        cut(
            "one of several answers",
            data(TEXT, other(TEXT), BARE_END, other(TEXT)) + DONE,
            TEXT,
            other(TEXT),
            BARE_END,
            other(TEXT)),
        reply("what cannot be read after the end", data(TEXT, WHOLE_END, "{oops"), TEXT, WHOLE_END),
        cut("what cannot be read", data(TEXT, "{oops", TEXT, WHOLE_END) + DONE, TEXT),
        cut("no reason", data(ROLE, TEXT), ROLE, TEXT),
        cut("nothing said", data(ROLE) + DONE),
        cut("no stream at all", "<html>\n<title>api.groq.com | 502: Bad gateway</title>\n"),
        cut("nothing", ""),
        cut("half an event", data(TEXT) + "data: " + WHOLE_END.substring(0, 30), TEXT),
        failing(
            "a call that cannot be used",
            data(ROLE)
                + "event: error\n"
                + data(
                    "{\"error\":{\"message\":\"Failed to call a function. See https://x.y/z.\",\"type\":\"invalid_request_error\",\"code\":\"tool_use_failed\",\"failed_generation\":\"<f>\"}}"),
            new Failure.QuestionRefused(
                Reason.MALFORMED,
                "Failed to call a function. See (link).",
                "{\"error\":{\"message\":\"Failed to call a function. See (link).\",\"type\":\"invalid_request_error\",\"code\":\"tool_use_failed\",\"failed_generation\":\"<f>\"}}")),
        failing(
            "a status in the middle",
            data(TEXT)
                + "event: error\n"
                + data("{\"error\":{\"message\":\"No.\",\"status_code\":422}}"),
            new Failure.QuestionRefused(
                Reason.UNPROCESSABLE, "No.", "{\"error\":{\"message\":\"No.\"}}"),
            TEXT),
        failing(
            "OpenRouter's refusal",
            data(
                    TEXT,
                    "{\"error\":{\"code\":400,\"message\":\"No.\"},\"choices\":[{\"delta\":{\"content\":\"x\"},\"finish_reason\":\"error\"}]}")
                + DONE,
            new Failure.QuestionRefused(
                Reason.MALFORMED, "No.", "{\"error\":{\"message\":\"No.\",\"code\":400}}"),
            TEXT),
        cut(
            "OpenRouter's failure",
            data(TEXT, "{\"error\":{\"code\":502,\"message\":\"x\"},\"choices\":[]}") + DONE,
            TEXT),
        failing(
            "a limit in the middle",
            data(TEXT)
                + "event: error\n"
                + data("{\"error\":{\"message\":\"x\",\"code\":\"rate_limit_exceeded\"}}"),
            new Failure.ModelBusy(RetryDelay.UNSAID),
            TEXT),
        failing(
            "our key in the middle",
            data(TEXT)
                + "event: error\n"
                + data(
                    "{\"error\":{\"message\":\"x\",\"code\":\"invalid_api_key\",\"status_code\":400}}"),
            new Failure.ModelRefused(),
            TEXT));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("corpus")
  void isTheSameHoweverItIsSplit(
      String name, String wire, @Nullable Failure failure, List<String> pieces) throws IOException {
    byte[] bytes = wire.getBytes(UTF_8);
    Read whole = read(PiecewiseStream.splitAt(bytes), false);
    assertThat(whole.pieces()).isEqualTo(pieces);
    assertThat(whole.failure).isEqualTo(failure);
    for (int cut = 1; cut < bytes.length; cut++) {
      assertThat(read(PiecewiseStream.splitAt(bytes, cut), false)).isEqualTo(whole);
    }
    assertThat(read(PiecewiseStream.byteByByte(bytes), false)).isEqualTo(whole);
  }

  /** Whatever is missing at the end, what has come is passed on as it came, and no end made up. */
  @Test
  void aCutAtAnyByteIsACut() throws IOException {
    byte[] bytes = (data(ROLE, TEXT, BARE_END, USAGE) + DONE).getBytes(UTF_8);
    int whole = data(ROLE, TEXT, BARE_END).stripTrailing().getBytes(UTF_8).length;
    for (int length = 0; length < bytes.length; length++) {
      Read read = read(PiecewiseStream.splitAt(Arrays.copyOf(bytes, length)), false);
      boolean ended = read.parts.stream().anyMatch(Part.End.class::isInstance);
      assertThat(ended).as("after %d bytes", length).isEqualTo(length >= whole);
      assertThat(read.failure).isEqualTo(ended ? null : new Failure.ReplyCut());
      for (String piece : read.pieces()) {
        assertThat(Json.MAPPER.readTree(piece).isObject()).isTrue();
      }
    }
  }

  @Test
  void whoAskedForUsageGetsTheEventOfItsOwn() throws IOException {
    Read read =
        read(PiecewiseStream.splitAt((data(TEXT, BARE_END, USAGE) + DONE).getBytes(UTF_8)), true);
    assertThat(read.pieces())
        .containsExactly(
            TEXT, end(",\"x_groq\":{\"usage\":" + USED + "},\"usage\":" + USED), USAGE);
    assertThat(read.parts.getLast())
        .isEqualTo(new Part.End(FinishReason.STOP, new Usage(75, 3, true)));
  }

  @Test
  void whatSaysNothingYetIsHeldBackSoThatTheQuestionCanBeAskedAgain() {
    var pieces = new VerbatimPieces(false);
    List<Part> parts = new ArrayList<>();
    byte[] role = ROLE.getBytes(UTF_8);
    Chunk silent = Objects.requireNonNull(new ChunkParser().parse(role, role.length));
    for (int i = 0; i < 64; i++) {
      pieces.take(silent, role, role.length, parts);
    }
    assertThat(parts).isEmpty();
    pieces.take(silent, role, role.length, parts);
    assertThat(parts).hasSize(65);
  }

  @Test
  void ofSeveralAnswersInOnePieceEachIsWhole() {
    String first = "{\"choices\":[{\"index\":0,\"finish_reason\":\"stop\"},{\"index\":1%s}]}";
    assertThat(readWhole(first.formatted(",\"finish_reason\":\"length\"")).failure).isNull();
    Read half = readWhole(first.formatted(""));
    assertThat(half.failure).isEqualTo(new Failure.ReplyCut());
    assertThat(half.parts).isEmpty();
  }

  private static Read readWhole(String body) {
    var assembler = new ReplyAssembler(new WholePiece(), Refusals::inRelay);
    List<Part> parts = new ArrayList<>();
    byte[] data = body.getBytes(UTF_8);
    assembler.event("", data, data.length, parts);
    assembler.end(parts);
    return new Read(parts, assembler.failure());
  }

  private static Read read(InputStream in, boolean usageWanted) throws IOException {
    var reader = new SseReader(in);
    var assembler = new ReplyAssembler(new VerbatimPieces(usageWanted), Refusals::inRelay);
    List<Part> parts = new ArrayList<>();
    while (!assembler.isOver()) {
      switch (reader.next(true)) {
        case EVENT -> assembler.event(reader.name(), reader.data(), reader.length(), parts);
        case END -> assembler.end(parts);
        case COMMENT, NOTHING_YET -> {}
      }
    }
    return new Read(parts, assembler.failure());
  }

  /** The same of a second answer. */
  private static String other(String event) {
    return event.replace("[{\"index\":0", "[{\"index\":1");
  }

  private static String end(String more) {
    return BARE_END.substring(0, BARE_END.length() - 1) + more + "}";
  }

  private static String data(String... events) {
    StringBuilder wire = new StringBuilder();
    for (String event : events) {
      wire.append("data: ").append(event).append("\n\n");
    }
    return wire.toString();
  }

  private static Arguments reply(String name, String wire, String... pieces) {
    return Arguments.of(name, wire, null, List.of(pieces));
  }

  private static Arguments cut(String name, String wire, String... pieces) {
    return Arguments.of(name, wire, new Failure.ReplyCut(), List.of(pieces));
  }

  private static Arguments failing(String name, String wire, Failure failure, String... pieces) {
    return Arguments.of(name, wire, failure, List.of(pieces));
  }
}
