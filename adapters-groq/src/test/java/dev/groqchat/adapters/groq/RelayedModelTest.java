package dev.groqchat.adapters.groq;

import static dev.groqchat.application.fixtures.ChatModelContract.PATIENCE;
import static dev.groqchat.application.fixtures.ChatModelContract.awaitBlocked;
import static dev.groqchat.application.fixtures.ChatModelContract.question;
import static dev.groqchat.application.fixtures.ChatModelContract.readInto;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.groqchat.application.port.out.ChatModel;
import dev.groqchat.application.port.out.ChatModel.Question;
import dev.groqchat.application.port.out.ReplyStream;
import dev.groqchat.application.port.out.ReplyStream.Part;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.failure.Failure.QuestionRefused.Reason;
import dev.groqchat.domain.model.ModelId;
import dev.groqchat.simulator.Fault.Break;
import dev.groqchat.simulator.Outcome;
import dev.groqchat.simulator.Plan;
import dev.groqchat.simulator.Quirk;
import dev.groqchat.simulator.Script;
import dev.groqchat.simulator.SeenRequest;
import dev.groqchat.simulator.Simulator;
import dev.groqchat.simulator.SimulatorConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Questions in somebody's own words, over real connections. */
class RelayedModelTest {
  private static final String ASKED =
      """
      { "model":"openai/gpt-oss-20b","messages":[{"role":"user","content":"Say é\\u2028 \\ud83d\\ude00."}],
        "temperature":1.0,"seed":12345678901 %s}\
      """;

  private final Simulator simulator =
      Simulator.start(SimulatorConfig.fast().withPlan(Plan.unlimited()));
  private final Gateway gateway = Gateway.to(simulator.baseUrl());

  @AfterEach
  void close() throws InterruptedException {
    simulator.awaitIdle(PATIENCE);
    gateway.close();
    simulator.close();
  }

  private static Question.Verbatim asking(String more, boolean inPieces) {
    String words = ASKED.formatted(inPieces ? ",\"stream\":true" + more : more);
    return new Question.Verbatim(question().model(), words, 9, 100, inPieces, "request-1");
  }

  private List<Part> read(Script script, Question question) throws InterruptedException {
    simulator.scriptEach(_ -> Optional.of(script));
    return read(gateway.model, question);
  }

  private static List<Part> read(ChatModel model, Question question) throws InterruptedException {
    List<Part> parts = new ArrayList<>();
    try (ReplyStream reply = model.answer(question)) {
      readInto(parts, reply);
    }
    return parts;
  }

  private Failure failure(Script script, Question question) {
    return catchThrowableOfType(ChatException.class, () -> read(script, question)).failure();
  }

  private static List<JsonNode> pieces(List<Part> parts) {
    return parts.stream()
        .filter(Part.Verbatim.class::isInstance)
        .map(part -> Json.MAPPER.readTree(((Part.Verbatim) part).words()))
        .toList();
  }

  private static String text(List<JsonNode> pieces) {
    StringBuilder text = new StringBuilder();
    for (JsonNode piece : pieces) {
      text.append(piece.at("/choices/0/delta/content").asString(""));
    }
    return text.toString();
  }

  @Test
  void theWordsGoOutAsTheyAre() throws Exception {
    Question.Verbatim streamed = asking(",\"stream_options\":{\"include_usage\":true}", true);
    read(Script.saying("yes"), streamed);
    read(Script.saying("yes"), asking("", false));
    List<SeenRequest> seen = simulator.requests();
    assertThat(seen.getFirst().body()).isEqualTo(streamed.words());
    assertThat(seen.getLast().body()).isEqualTo(ASKED.formatted(""));
    assertThat(seen.getLast().header("X-Request-ID")).contains("request-1");
    assertThat(seen.getLast().header("Accept-Encoding")).isEmpty();
  }

  @Test
  void usageIsInTheFinishAndInAnEventOfItsOwnOnlyIfAskedFor() throws Exception {
    for (String more : List.of("", ",\"stream_options\":{\"include_usage\":true}")) {
      List<Part> parts = read(Script.saying("One two"), asking(more, true));
      List<JsonNode> pieces = pieces(parts);
      JsonNode finish = pieces.get(pieces.size() - (more.isEmpty() ? 1 : 2));
      assertThat(text(pieces)).isEqualTo("One two");
      assertThat(finish.at("/choices/0/finish_reason").asString()).isEqualTo("stop");
      assertThat(finish.path("usage").isObject()).isTrue();
      assertThat(finish.at("/x_groq/usage")).isEqualTo(finish.path("usage"));
      assertThat(pieces.getLast().path("choices").isEmpty()).isEqualTo(!more.isEmpty());
      assertThat(parts.getLast())
          .isInstanceOfSatisfying(Part.End.class, end -> assertThat(end.usage()).isNotNull());
    }
  }

  @ParameterizedTest
  @EnumSource(Quirk.class)
  void everyWayToStreamIsPassedOn(Quirk quirk) throws Exception {
    String text = "One 中文 😀 two\u2028three\n\n四";
    List<JsonNode> pieces = pieces(read(Script.saying(text).with(quirk), asking("", true)));
    assertThat(text(pieces)).isEqualTo(text);
    assertThat(pieces.getLast().at("/choices/0/finish_reason").asString()).isEqualTo("stop");
    assertThat(pieces.getLast().at("/x_groq/usage/completion_tokens").isInt()).isTrue();
    assertThat(pieces.getLast().at("/usage/completion_tokens").isInt()).isTrue();
  }

  @Test
  void aCallOfAFunctionIsPassedOn() throws Exception {
    String tools =
        ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"add\",\"parameters\":{}}}]";
    Script calling = Script.calling("add", "{\"a\":1}");
    List<JsonNode> streamed = pieces(read(calling, asking(tools, true)));
    assertThat(streamed)
        .anyMatch(
            it -> it.at("/choices/0/delta/tool_calls/0/function/name").asString("").equals("add"));
    JsonNode whole = pieces(read(calling, asking(tools, false))).getFirst();
    assertThat(whole.at("/choices/0/message/tool_calls/0/function/arguments").asString())
        .isEqualTo("{\"a\":1}");
  }

  @Test
  void aWholeReplyIsOnePieceAndItsUsageIsKnown() throws Exception {
    List<Part> parts = read(Script.saying("One\u2028 two 😀"), asking("", false));
    assertThat(parts).hasSize(2);
    assertThat(((Part.Verbatim) parts.getFirst()).words()).endsWith("}\n");
    assertThat(pieces(parts).getFirst().at("/choices/0/message/content").asString())
        .isEqualTo("One\u2028 two 😀");
    assertThat(((Part.End) parts.getLast()).usage()).isNotNull();
  }

  @Test
  void aWholeReplyMayTakeLongerThanAFirstToken() throws Exception {
    simulator.scriptEach(_ -> Optional.of(Script.saying("late").headAfter(Duration.ofMillis(700))));
    try (Gateway hasty =
        Gateway.within(simulator.baseUrl(), Duration.ofMillis(100), Gateway.LONG, Gateway.LONG)) {
      assertThat(read(hasty.model, asking("", false))).hasSize(2);
      assertThatThrownBy(() -> read(hasty.model, asking("", true)))
          .isInstanceOfSatisfying(
              ChatException.class,
              e -> assertThat(e.failure()).isInstanceOf(Failure.ModelTimeout.class));
    }
  }

  @Test
  void aWholeReplyThatNeverComesIsTimedOut() {
    simulator.scriptEach(_ -> Optional.of(Script.saying("never").stallAfter(0)));
    try (Gateway hasty =
        Gateway.within(simulator.baseUrl(), Gateway.LONG, Gateway.LONG, Duration.ofMillis(300))) {
      assertThatThrownBy(() -> read(hasty.model, asking("", false)))
          .isInstanceOfSatisfying(
              ChatException.class,
              e ->
                  assertThat(e.failure())
                      .isEqualTo(
                          new Failure.ModelTimeout(
                              Failure.ModelTimeout.Waiting.WHOLE_REPLY, Duration.ofMillis(300))));
    }
  }

  @Test
  void leavingAWholeReplyIsSeenAtOnce() throws Exception {
    simulator.scriptEach(_ -> Optional.of(Script.saying("never").stallAfter(0)));
    FutureTask<List<Part>> reading = new FutureTask<>(() -> read(gateway.model, asking("", false)));
    Thread reader = Thread.startVirtualThread(reading);
    SeenRequest seen = simulator.awaitRequests(1, PATIENCE).getFirst();
    awaitBlocked(reader);
    reader.interrupt();
    assertThatThrownBy(() -> reading.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .hasCauseInstanceOf(InterruptedException.class);
    assertThat(seen.awaitOutcome(Duration.ofSeconds(2)).end()).isEqualTo(Outcome.End.CLIENT_CLOSED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"choices\":[{\"message\":{},\"finish_reason\":\"stop\"}]",
        "{\"choices\":[{\"message\":{},\"finish_reason\":null}]}",
        "{\"choices\":[]}",
        "{\"choices\":[{\"finish_reason\":\"stop\"}]} {}",
        "<html>"
      })
  void whatIsNoWholeReplyIsCut(String body) throws Exception {
    try (RawServer server =
            RawServer.talking((in, out) -> {
              RawServer.readRequest(in);
              RawServer.say(out, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + body);
            });
        Gateway raw = Gateway.to(server.url())) {
      assertThatThrownBy(() -> read(raw.model, asking("", false)))
          .isInstanceOfSatisfying(
              ChatException.class, e -> assertThat(e.failure()).isEqualTo(new Failure.ReplyCut()));
    }
  }

  @Test
  void aWholeReplyHasABound() throws IOException {
    try (RawServer server =
            RawServer.talking((in, out) -> {
              RawServer.readRequest(in);
              RawServer.say(out, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"a\":\"");
              while (true) {
                RawServer.say(out, "x".repeat(1 << 20));
              }
            });
        Gateway raw = Gateway.to(server.url())) {
      assertThatThrownBy(() -> read(raw.model, asking("", false)))
          .isInstanceOfSatisfying(
              ChatException.class, e -> assertThat(e.failure()).isEqualTo(new Failure.ReplyCut()));
    }
  }

  @ParameterizedTest
  @EnumSource(Break.class)
  void aBrokenStreamHasNoEnd(Break how) {
    List<Part> parts = new ArrayList<>();
    simulator.scriptEach(_ -> Optional.of(Script.counting(10).breakAfter(5, how)));
    Failure failure =
        catchThrowableOfType(
                ChatException.class,
                () -> {
                  try (ReplyStream reply = gateway.model.answer(asking("", true))) {
                    readInto(parts, reply);
                  }
                })
            .failure();
    switch (how) {
      case ERROR_EVENT ->
          assertThat(failure)
              .isEqualTo(
                  new Failure.QuestionRefused(
                      Reason.MALFORMED,
                      "Tool choice is required, but model did not call a tool",
                      "{\"error\":{\"message\":\"Tool choice is required, but model did not call a tool\",\"type\":\"invalid_request_error\",\"code\":\"tool_use_failed\",\"failed_generation\":\"\"}}"));
      case RESET ->
          assertThat(failure).isIn(new Failure.ReplyCut(), new Failure.ModelUnavailable());
      case CUT, END, OPENROUTER_ERROR -> assertThat(failure).isEqualTo(new Failure.ReplyCut());
    }
    assertThat(parts).noneMatch(Part.End.class::isInstance);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsWrongWithTheWordsIsToldCleaned(boolean inPieces) {
    assertThat(failure(Script.of("error=400"), asking("", inPieces)))
        .isInstanceOfSatisfying(
            Failure.QuestionRefused.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(Reason.MALFORMED);
              assertThat(Json.MAPPER.readTree(refused.words()).at("/error/message").asString())
                  .isEqualTo(refused.detail());
            });
    assertThat(failure(Script.of("error=404"), asking("", inPieces)))
        .isInstanceOfSatisfying(
            Failure.QuestionRefused.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(Reason.UNKNOWN_MODEL);
              assertThat(refused.words()).contains("model_not_found");
            });
    assertThat(failure(Script.of("error=400-context"), asking("", inPieces)))
        .isInstanceOfSatisfying(
            Failure.QuestionRefused.class,
            refused -> assertThat(refused.words()).contains("\"context_length_exceeded\""));
    assertThat(failure(Script.of("error=413"), asking("", inPieces)))
        .isEqualTo(new Failure.PromptTooLarge(8277, 8000));
  }

  @ParameterizedTest
  @ValueSource(strings = {"401", "402", "403", "403-html", "403-text"})
  void whatIsBetweenUsAndTheProviderStaysThere(String error) {
    assertThat(failure(Script.of("error=" + error), asking("", true)))
        .isEqualTo(new Failure.ModelRefused());
  }

  @Test
  void limitsAndCapacityAreWhatTheyAreForTurns() {
    assertThat(failure(Script.of("error=429 retry-after=7s"), asking("", true)))
        .isEqualTo(new Failure.ModelBusy(Duration.ofSeconds(7)));
    assertThat(failure(Script.of("error=503"), asking("", false)))
        .isEqualTo(new Failure.ModelOverloaded(Refusals.OVERLOADED));
    assertThat(failure(Script.of("error=500"), asking("", true)))
        .isEqualTo(new Failure.ModelUnavailable());
  }

  /** Its strict schema stands in for Groq's: none of these would be answered as they are. */
  @Test
  void whatClientsAlwaysSendIsAnswered() throws Exception {
    String more =
        ",\"store\":false,\"metadata\":{},\"logprobs\":false,\"top_logprobs\":null,\"logit_bias\":{},\"prediction\":null,\"n\":1";
    assertThat(read(Script.saying("yes"), asking(more, true))).isNotEmpty();
    assertThat(failure(Script.saying("no"), asking(",\"n\":2", false)))
        .isInstanceOf(Failure.QuestionRefused.class);
    assertThat(failure(Script.saying("no"), asking(",\"logprobs\":true", false)))
        .isInstanceOf(Failure.QuestionRefused.class);
  }

  @Test
  void anotherModelIsAskedInTheSameWords() throws Exception {
    Question.Verbatim meant = asking("", false);
    read(
        Script.saying("yes"),
        new Question.Verbatim(
            new ModelId("openai/gpt-oss-120b"), meant.words(), 9, 100, false, "request-1"));
    assertThat(simulator.requests().getFirst().body())
        .isEqualTo(meant.words().replace("gpt-oss-20b", "gpt-oss-120b"));
  }

  @Test
  void isAskedAgainAsLongAsNothingWasSaid() throws Exception {
    simulator.script(Script.counting(5).breakAfter(0, Break.END));
    simulator.script(Script.saying("yes"));
    assertThat(text(pieces(read(gateway.whole, asking("", true))))).isEqualTo("yes");
    assertThat(simulator.requests()).filteredOn(it -> it.method().equals("POST")).hasSize(2);
  }

  @Test
  void openRouterGetsEverythingAndItsUsageIsMerged() throws Exception {
    try (Gateway router = Gateway.toOpenRouter(simulator.baseUrl())) {
      simulator.scriptEach(_ -> Optional.of(Script.saying("yes and no")));
      List<JsonNode> pieces = pieces(read(router.model, asking(",\"top_logprobs\":null", true)));
      assertThat(text(pieces)).isEqualTo("yes and no");
      assertThat(pieces.getLast().at("/usage/cost").isNumber()).isTrue();
      assertThat(pieces.getLast().at("/choices/0/finish_reason").asString()).isEqualTo("stop");
      assertThat(simulator.requests().getFirst().body()).contains("\"top_logprobs\":null");
    }
  }
}
