package dev.groqchat.adapters.groq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.application.port.out.ReplyStream.Part;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.turn.FinishReason;
import dev.groqchat.domain.turn.Usage;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** From bytes to parts: a corpus of what providers send, split everywhere. */
class ReplyReadingTest {
  private static final String STOP = delta("{}", "\"stop\"");
  private static final String DONE = "data: [DONE]\n\n";
  private static final Part END = new Part.End(FinishReason.STOP, null);
  private static final Part END_WITH_USAGE =
      new Part.End(FinishReason.STOP, new Usage(75, 3, true));
  private static final String USAGE = "\"usage\":{\"prompt_tokens\":75,\"completion_tokens\":3}";

  /** How a reply read from a stream ended up. */
  private record Read(List<Part> parts, @Nullable Failure failure, int unreadable) {}

  static Stream<Arguments> corpus() {
    return Stream.of(
        reply(
            "the provider's own",
            """
            data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1786530508,"model":"openai/gpt-oss-20b","system_fingerprint":"fp","choices":[{"index":0,"delta":{"role":"assistant","content":""},"logprobs":null,"finish_reason":null}],"x_groq":{"id":"req_1","seed":91721220}}

            data: {"choices":[{"index":0,"delta":{"reasoning":"We","channel":"analysis"},"logprobs":null,"finish_reason":null}]}

            data: {"choices":[{"index":0,"delta":{"content":"Hello"},"logprobs":null,"finish_reason":null}]}

            data: {"choices":[{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}],"x_groq":{"id":"req_1","usage":{"queue_time":0.01,"prompt_tokens":75,"completion_tokens":3}},"usage":{"prompt_tokens":75,"completion_tokens":3}}

            data: {"choices":[],"usage":{"prompt_tokens":75,"completion_tokens":3},"service_tier":"on_demand"}

            data: [DONE]

            """,
            new Part.Reasoning("We"),
            new Part.Text("Hello"),
            END_WITH_USAGE),
        reply("CRLF", (text("a") + STOP + DONE).replace("\n", "\r\n"), new Part.Text("a"), END),
        reply("CR", (text("a") + STOP + DONE).replace("\n", "\r"), new Part.Text("a"), END),
        reply("no [DONE]", text("a") + STOP, new Part.Text("a"), END),
        reply("no last blank line", (text("a") + STOP).stripTrailing(), new Part.Text("a"), END),
        reply(
            "comments",
            ": OPENROUTER PROCESSING\n\n" + text("a") + ":\n" + STOP + DONE,
            new Part.Text("a"),
            END),
        reply("CJK", text("中文，日本語 한국어") + STOP, new Part.Text("中文，日本語 한국어"), END),
        reply("emoji", text("👩‍👩‍👧😀") + STOP, new Part.Text("👩‍👩‍👧😀"), END),
        reply(
            "a pair in two deltas",
            text("a\\ud83d") + text("\\ude00b") + STOP,
            new Part.Text("a"),
            new Part.Text("😀b"),
            END),
        reply(
            "a half alone",
            text("a\\ud83d") + text("b\\ude00\\ud83d") + STOP,
            new Part.Text("a"),
            new Part.Text("\uFFFDb\uFFFD"),
            new Part.Text("\uFFFD"),
            END),
        reply(
            "line separators",
            text("a\u2028b\u2029c\u0085d\\n") + STOP,
            new Part.Text("a\u2028b\u2029c\u0085d\n"),
            END),
        reply(
            "reasoning_content",
            delta("{\"reasoning_content\":\"Hm\",\"content\":null}", "null") + STOP,
            new Part.Reasoning("Hm"),
            END),
        reply(
            "usage only from x_groq",
            "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}],\"x_groq\":{"
                + USAGE
                + "}}\n\n",
            END_WITH_USAGE),
        reply(
            "usage only from x_groq, and none beside",
            "data: {\"usage\":null,\"error\":null,\"choices\":[{\"finish_reason\":\"stop\"}],\"x_groq\":{\"error\":null,"
                + USAGE
                + "}}\n\n",
            END_WITH_USAGE),
        reply(
            "fields of other kinds than expected",
            "data: {\"choices\":{}}\n\ndata: {\"choices\":[5,{}]}\n\n"
                + "data: {\"choices\":[{\"delta\":[1]}],\"usage\":[],\"x_groq\":7}\n\n"
                + delta("{\"content\":[{\"text\":\"no\"}],\"reasoning\":5}", "{}")
                + "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}},{\"delta\":{\"content\":\"no\"}}]}\n\n"
                + STOP,
            new Part.Text("a"),
            END),
        reply(
            "usage in a later frame whose choices are not empty",
            STOP
                + "data: {\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}],"
                + USAGE
                + "}\n\n"
                + DONE,
            END_WITH_USAGE),
        reply(
            "usage that is none",
            text("a")
                + "data: {\"usage\":{\"prompt_tokens\":-1,\"completion_tokens\":2}}\n\n"
                + "data: {\"usage\":{\"prompt_tokens\":null,\"completion_tokens\":2}}\n\n"
                + STOP,
            new Part.Text("a"),
            END),
        reply(
            "what nobody knows",
            "event: ping\ndata: {}\n\n"
                + "event: message\n"
                + text("a")
                + "data: {\"new\":[{}],\"choices\":[{\"delta\":{\"new\":{\"x\":[1]},\"content\":\"b\"},\"finish_reason\":\"\"}]}\n\n"
                + "data: {}\n\ndata: {\"choices\":null}\n\ndata: {\"choices\":[null]}\n\ndata: null\n\ndata:\n\n"
                + STOP,
            new Part.Text("a"),
            new Part.Text("b"),
            END),
        reply(
            "tool calls, which nobody asked for",
            delta("{\"tool_calls\":[{\"id\":\"fc\",\"index\":0}]}", "null")
                + delta("{}", "\"tool_calls\""),
            new Part.End(FinishReason.TOOL_CALLS, null)),
        reply(
            "an unknown reason", delta("{}", "\"tired\""), new Part.End(FinishReason.OTHER, null)),
        reply("after the end", STOP + DONE + text("a") + DONE, END),
        cut("no reason", text("a"), new Part.Text("a")),
        cut("no reason, but [DONE]", text("a") + DONE, new Part.Text("a")),
        cut("only garbage", "data: {oops\n\ndata: <html>\n\n" + DONE),
        cut("no stream at all", "<html>\n<title>api.groq.com | 502: Bad gateway</title>\n"),
        cut("nothing", ""),
        cut("half a chunk", text("a") + "data: {\"choices\":[{\"del", new Part.Text("a")),
        failing(
            "event: error",
            text("a")
                + "event: error\ndata: {\"error\":{\"message\":\"Tool choice\",\"type\":\"invalid_request_error\",\"code\":\"tool_use_failed\",\"failed_generation\":\"\",\"status_code\":400}}\n\n",
            new Failure.ModelRefused(),
            new Part.Text("a")),
        cut("event: error without JSON", "event: error\ndata: oops\n\n" + STOP),
        cut(
            "OpenRouter's error",
            text("a")
                + "data: {\"error\":{\"code\":502,\"message\":\"down\"},\"choices\":[{\"delta\":{\"content\":\"\"},\"finish_reason\":\"error\"}]}\n\n"
                + DONE,
            new Part.Text("a")),
        cut("finish_reason error", text("a") + delta("{}", "\"error\"") + DONE, new Part.Text("a")),
        cut("x_groq's error", "data: {\"x_groq\":{\"error\":\"stopped\"}}\n\n" + STOP),
        failing(
            "a limit in the middle",
            text("a")
                + "event: error\ndata: {\"error\":{\"message\":\"Please try again in 1.5s.\",\"code\":\"rate_limit_exceeded\"}}\n\n",
            new Failure.ModelBusy(Duration.ofMillis(1500)),
            new Part.Text("a")),
        failing(
            "OpenRouter's limit in the middle",
            "data: {\"error\":{\"code\":429,\"message\":\"Provider returned error\"}}\n\n" + DONE,
            new Failure.ModelBusy(RetryDelay.UNSAID)),
        failing(
            "no capacity in the middle",
            "event: error\ndata: {\"error\":{\"message\":\"X is currently over capacity.\"}}\n\n",
            new Failure.ModelOverloaded(Refusals.OVERLOADED)),
        failing(
            "OpenRouter's refusal before anything",
            "data: {\"error\":{\"code\":402,\"message\":\"over capacity? no credits\"}}\n\n" + DONE,
            new Failure.ModelRefused()),
        cut(
            "OpenRouter's timeout in the middle",
            text("a")
                + "data: {\"error\":{\"code\":408,\"message\":\"Request timed out\"}}\n\n"
                + DONE,
            new Part.Text("a")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("corpus")
  void isTheSameHoweverItIsSplit(
      String name, String wire, @Nullable Failure failure, List<Part> parts) throws IOException {
    byte[] bytes = wire.getBytes(UTF_8);
    Read whole = read(PiecewiseStream.splitAt(bytes));
    assertThat(whole.parts).isEqualTo(parts);
    assertThat(whole.failure).isEqualTo(failure);
    for (int cut = 1; cut < bytes.length; cut++) {
      assertThat(read(PiecewiseStream.splitAt(bytes, cut))).isEqualTo(whole);
    }
    assertThat(read(PiecewiseStream.byteByByte(bytes))).isEqualTo(whole);
  }

  @Test
  void isTheSameHoweverAllOfItIsSplit() throws IOException {
    StringBuilder wire = new StringBuilder();
    corpus()
        .map(Arguments::get)
        .filter(entry -> entry[2] == null)
        .forEach(entry -> wire.append(entry[1]));
    byte[] bytes = wire.toString().replace(DONE, "").getBytes(UTF_8);
    Read whole = read(PiecewiseStream.splitAt(bytes));
    for (int seed = 0; seed < 500; seed++) {
      assertThat(read(PiecewiseStream.random(bytes, new Random(seed))))
          .as("seed %d", seed)
          .isEqualTo(whole);
    }
  }

  @Test
  void oneOddChunkDoesNoHarm() throws IOException {
    Read read =
        read(
            PiecewiseStream.splitAt(
                (text("a")
                        + "data: {oops\n\ndata: [1]\n\ndata: {} {}\n\ndata: {\"a\":\n\n"
                        + text("b")
                        + STOP)
                    .getBytes(UTF_8)));
    assertThat(read.parts).containsExactly(new Part.Text("a"), new Part.Text("b"), END);
    assertThat(read.unreadable).isEqualTo(4);
  }

  @Test
  void aLongLineIsOneAsAnyOther() throws IOException {
    String megabyte = "語x".repeat(250_000);
    byte[] bytes = (text(megabyte) + STOP).getBytes(UTF_8);
    for (int seed = 0; seed < 5; seed++) {
      assertThat(read(PiecewiseStream.random(bytes, new Random(seed))).parts)
          .containsExactly(new Part.Text(megabyte), END);
    }
    assertThat(read(PiecewiseStream.byteByByte(bytes)).parts)
        .containsExactly(new Part.Text(megabyte), END);
  }

  private static Read read(InputStream in) throws IOException {
    var reader = new SseReader(in);
    var assembler = new ReplyAssembler(new SpokenPieces(), Refusals::inStream);
    List<Part> parts = new ArrayList<>();
    while (!assembler.isOver()) {
      switch (reader.next(true)) {
        case EVENT -> assembler.event(reader.name(), reader.data(), reader.length(), parts);
        case END -> assembler.end(parts);
        case COMMENT, NOTHING_YET -> {}
      }
    }
    assembler.end(parts);
    assembler.event("", "{}".getBytes(UTF_8), 2, parts);
    return new Read(parts, assembler.failure(), assembler.unreadable());
  }

  private static Arguments reply(String name, String wire, Part... parts) {
    return Arguments.of(name, wire, null, List.of(parts));
  }

  private static Arguments cut(String name, String wire, Part... parts) {
    return Arguments.of(name, wire, new Failure.ReplyCut(), List.of(parts));
  }

  private static Arguments failing(String name, String wire, Failure failure, Part... parts) {
    return Arguments.of(name, wire, failure, List.of(parts));
  }

  private static String text(String content) {
    return delta("{\"role\":\"assistant\",\"content\":\"" + content + "\"}", "null");
  }

  private static String delta(String delta, String reason) {
    return "data: {\"choices\":[{\"index\":0,\"delta\":%s,\"finish_reason\":%s}]}\n\n"
        .formatted(delta, reason);
  }
}
