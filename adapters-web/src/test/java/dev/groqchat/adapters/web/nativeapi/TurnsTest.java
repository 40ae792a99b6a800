package dev.groqchat.adapters.web.nativeapi;

import static dev.groqchat.adapters.web.nativeapi.Api.STREAM;
import static dev.groqchat.adapters.web.nativeapi.Api.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.adapters.web.Answer;
import dev.groqchat.adapters.web.Event;
import dev.groqchat.adapters.web.OverHttp;
import dev.groqchat.adapters.web.Site;
import dev.groqchat.adapters.web.Statuses;
import dev.groqchat.application.fixtures.Background;
import dev.groqchat.application.fixtures.FakeCatalog;
import dev.groqchat.application.fixtures.Fixtures;
import dev.groqchat.application.fixtures.Gate;
import dev.groqchat.application.fixtures.Script;
import dev.groqchat.application.port.out.ChatModel.Question;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.model.ModelId;
import dev.groqchat.domain.turn.FinishReason;
import dev.groqchat.domain.turn.OnDisconnect;
import dev.groqchat.domain.turn.TextDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Starting turns over the native API: as JSON, as events, and what goes wrong. */
@OverHttp
class TurnsTest {
  private static final List<String> TURN =
      List.of(
          "id",
          "conversation",
          "status",
          "message",
          "text",
          "reasoning",
          "model",
          "finish_reason",
          "usage",
          "timings",
          "error",
          "retry_of",
          "created_at",
          "last_seq");

  private final Site site;

  TurnsTest(Site site) {
    this.site = site;
  }

  @Test
  void aFinishedTurnIsJson() {
    String conversation = site.name("conversation");
    String message =
        site.asking(
            Script.script()
                .thinks("hm", "m")
                .says("Hello ", "😀")
                .ends(FinishReason.LENGTH, Fixtures.USAGE));

    Answer answer = Api.say(site, conversation, message);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    JsonNode turn = answer.json();
    assertThat(turn.propertyNames()).containsExactlyElementsOf(TURN);
    String id = turn.get("id").stringValue();
    assertThat(UUID.fromString(id).version()).isEqualTo(7);
    assertThat(answer.header("Location")).isEqualTo(Api.turns(conversation) + "/" + id);
    assertThat(answer.header("X-Turn-ID")).isEqualTo(id);
    assertThat(turn.get("conversation").stringValue()).isEqualTo(conversation);
    assertThat(turn.get("status").stringValue()).isEqualTo("finished");
    assertThat(turn.get("message").stringValue()).isEqualTo(message);
    assertThat(turn.get("text").stringValue()).isEqualTo("Hello 😀");
    assertThat(turn.get("reasoning").stringValue()).isEqualTo("hmm");
    assertThat(turn.get("model").stringValue()).isEqualTo(FakeCatalog.DEFAULT.value());
    assertThat(turn.get("finish_reason").stringValue()).isEqualTo("length");
    assertThat(turn.get("usage").toString())
        .isEqualTo(
            "{\"prompt_tokens\":12,\"completion_tokens\":34,\"total_tokens\":46,\"source\":\"exact\"}");
    assertThat(turn.get("timings").propertyNames())
        .containsExactly("queue_ms", "first_token_ms", "total_ms", "overhead_ms");
    assertThat(turn.get("error").isNull()).isTrue();
    assertThat(turn.get("retry_of").isNull()).isTrue();
    assertThat(Instant.parse(turn.get("created_at").stringValue())).isBefore(Instant.now());
    assertThat(turn.get("last_seq").intValue()).isEqualTo(6);
    assertThat(site.get(Api.path(answer)).json()).isEqualTo(turn);
  }

  @Test
  void aTurnsEventsAreNumberedNamedAndComplete() {
    String conversation = site.name("conversation");
    String text = "He said\n\"hi\"\u2028 😀";
    String message =
        site.asking(
            Script.script()
                .thinks("hm")
                .says("He said\n\"hi\"", "\u2028 😀")
                .ends(FinishReason.STOP, null));

    Answer answer = Api.say(site, conversation, message, STREAM);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("text/event-stream;charset=utf-8");
    assertThat(answer.header("Cache-Control")).isEqualTo("private, no-store, no-transform");
    assertThat(answer.header("X-Accel-Buffering")).isEqualTo("no");
    String turn = answer.header("X-Turn-ID");
    assertThat(answer.header("Location")).isEqualTo(Api.turns(conversation) + "/" + turn);
    assertThat(answer.frames())
        .startsWith(
            """
            id: 1
            event: started
            data: {"seq":1,"turn":"%s","conversation":"%s","model":"openai/gpt-oss-120b"}

            id: 2
            event: reasoning
            data: {"seq":2,"text":"hm"}

            id: 3
            event: delta
            data: {"seq":3,"text":"He said\\n\\"hi\\""}

            id: 4
            event: delta
            data: {"seq":4,"text":"\\u2028 😀"}

            id: 5
            event: finished
            data: {"seq":5,"reason":"stop","usage":{"prompt_tokens":\
            """
                .formatted(turn, conversation));
    Event finished = answer.events().getLast();
    assertThat(finished.members())
        .containsExactly("seq", "reason", "usage", "text_length", "text_sha256", "timings");
    assertThat(finished.data().get("usage").get("source").stringValue()).isEqualTo("estimated");
    assertThat(finished.data().get("text_length").intValue())
        .isEqualTo(text.codePointCount(0, text.length()));
    assertThat(finished.data().get("text_sha256").stringValue())
        .isEqualTo(TextDigest.of(text).sha256());
    assertThat(finished.data().get("timings").propertyNames())
        .containsExactly("queue_ms", "first_token_ms", "total_ms", "overhead_ms");
  }

  @Test
  void aTurnThatWaitsSaysWhereAndHowLong() {
    String conversation = site.name("conversation");
    Gate gate = new Gate();
    String first = site.asking(Script.script().says("one").waits(gate).ends());
    try (var running = site.connect().post(Api.turns(conversation), Api.message(first), STREAM);
        var waiting = site.connect()) {
      running.readTo("one");

      waiting.post(Api.turns(conversation), Api.message("two"), STREAM);

      waiting.readTo("id: 1\nevent: queued\ndata: {\"seq\":1,\"position\":1,\"eta_ms\":");
      gate.open();
      waiting.readTo("id: 2\nevent: started\n");
      waiting.readTo("event: finished");
    }
  }

  @Test
  void tenAtOnceAreTenStrictPairs() throws Exception {
    String conversation = site.name("conversation");
    List<Background<Answer>> calls =
        IntStream.range(0, 10)
            .mapToObj(n -> Background.run(() -> Api.say(site, conversation, "n" + n)))
            .toList();
    for (Background<Answer> call : calls) {
      assertThat(call.result().json().get("status").stringValue()).isEqualTo("finished");
    }

    JsonNode turns = site.get(Api.CONVERSATIONS + "/" + conversation).json().get("turns");
    assertThat(turns.size()).isEqualTo(10);
    turns.forEach(turn ->
        assertThat(turn.get("text").stringValue())
            .isEqualTo("re: " + turn.get("message").stringValue()));
  }

  static List<Failure> failures() {
    return Fixtures.allFailures().stream()
        // The provider's limit for us makes a turn wait; nobody is refused for it.
        .filter(failure -> !(failure instanceof Failure.ModelBusy))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aFailureBeforeTheFirstEventIsAProblem(Failure failure) {
    String message = site.asking(Script.refuses(failure));

    Answer answer = Api.say(site, site.name("conversation"), message, STREAM);

    int status = Statuses.of(failure);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.json().get("detail").stringValue()).isEqualTo(failure.detail());
    assertThat(answer.json().has("turn")).isFalse();
    assertThat(answer.header("Retry-After")).isEqualTo(Statuses.retryAfter(failure));
    assertThat(site.get(Api.path(answer)).json().get("status").stringValue()).isEqualTo("failed");
  }

  @Test
  void aFailedTurnAsJsonIsAProblemWithTheTurnInIt() {
    String message =
        site.asking(
            Script.script().says("half").fails(new Failure.ModelBusy(Duration.ofMillis(2001))));

    Answer answer = Api.say(site, site.name("conversation"), message);

    assertProblem(
        answer, 503, "model-busy", "the model provider is over its limit; try again in 2.001 s");
    assertThat(answer.header("Retry-After")).isEqualTo("3");
    JsonNode turn = answer.json().get("turn");
    assertThat(turn.propertyNames()).containsExactlyElementsOf(TURN);
    assertThat(turn.get("status").stringValue()).isEqualTo("failed");
    assertThat(turn.get("text").stringValue()).isEqualTo("half");
    assertThat(turn.get("usage").isNull()).isTrue();
    assertThat(turn.get("error").propertyNames()).containsExactly("type", "title", "detail");
    assertThat(answer.header("X-Turn-ID")).isEqualTo(turn.get("id").stringValue());
  }

  @Test
  void aFailureAfterTheFirstEventIsAnEvent() {
    String message = site.asking(Script.script().says("half"));

    Answer answer = Api.say(site, site.name("conversation"), message, STREAM);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.eventNames()).containsExactly("started", "delta", "failed");
    assertThat(answer.events().getLast().data().toString())
        .isEqualTo(
            "{\"seq\":3,\"error\":{\"type\":\"urn:groqchat:problem:reply-cut\","
                + "\"title\":\"The reply broke off\","
                + "\"detail\":\"the reply broke off before its end\"},\"retryable\":true}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                        | 400 | validation-error | message cannot be empty",
        "{\"message\":\" \"}                       | 400 | validation-error | message cannot be empty",
        "{\"message\":null}                        | 400 | validation-error | message cannot be empty",
        "{\"message\":\"x\",\"model\":\"a b\"}     | 400 | validation-error | model must be 1 to 128 of A-Z a-z 0-9 . _ : / @ + -",
        "{\"message\":\"x\",\"temperature\":\"a\"} | 400 | validation-error | temperature has the wrong type",
        "{\"message\":\"x\",\"max_tokens\":\"a\"}  | 400 | validation-error | max_tokens has the wrong type",
        "{\"message\":\"x\",\"max_tokens\":99999999999}  | 400 | validation-error | a number in the body is out of range",
        "{\"message\":\"x\",\"on_disconnect\":\"run\"} | 400 | validation-error | on_disconnect must be continue, cancel or grace:<duration>",
        "{\"message\":\"x\",\"on_disconnect\":\"grace:2h\"} | 400 | validation-error | on_disconnect's grace must be between 0s and 1h",
        "{\"retry_of\":\"x\"}                      | 404 | not-found | no such turn",
        "{\"retry_of\":\"0198c0de-0000-7000-8000-000000000001\"} | 404 | not-found | no such turn",
        "{\"message\":                             | 400 | validation-error | the body is not valid JSON",
      })
  void aRequestThatBreaksARuleIsRefused(String body, int status, String kind, String detail) {
    Answer answer = site.post(Api.turns(site.name("conversation")), body, STREAM);

    assertProblem(answer, status, kind, detail);
    assertThat(answer.cookies()).isEmpty();
    assertThat(answer.header("Location")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"-0.1", "2.1"})
  void aTemperatureOutOfRangeIsRefused(String temperature) {
    Answer answer =
        site.post(
            Api.turns(site.name("conversation")),
            "{\"message\":\"x\",\"temperature\":" + temperature + "}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().get("detail").stringValue()).contains("temperature");
  }

  @Test
  void aMessageOverTheLengthIsRefused() {
    assertProblem(
        Api.say(site, site.name("conversation"), "x".repeat(32_001)),
        400,
        "validation-error",
        "message exceeds maximum length of 32000 characters");
  }

  @Test
  void theOptionsReachTheModel() {
    String conversation = site.name("conversation");
    String body =
        """
        {"message":"x","model":"llama-3.1-8b-instant","temperature":0.25,"max_tokens":7}
        """;

    Answer answer = site.post(Api.turns(conversation), body, "X-Request-ID: r-up");

    Question.Composed asked = site.fakes().model().questions().getLast();
    assertThat(asked.model()).isEqualTo(new ModelId("llama-3.1-8b-instant"));
    assertThat(asked.temperature()).isEqualTo(0.25);
    assertThat(asked.maxTokens()).isEqualTo(7);
    assertThat(asked.requestId()).isEqualTo("r-up");
    assertThat(answer.json().get("model").stringValue()).isEqualTo("llama-3.1-8b-instant");
  }

  @ParameterizedTest
  @CsvSource({"continue", "cancel", "grace:5s"})
  void onDisconnectIsKept(String word) {
    String message = site.name("question");
    String body = "{\"message\":\"" + message + "\",\"on_disconnect\":\"" + word + "\"}";

    assertThat(site.post(Api.turns(site.name("conversation")), body).status()).isEqualTo(200);

    assertThat(site.turnAsking(message).options().onDisconnect())
        .isEqualTo(OnDisconnect.parse(word));
  }

  @Test
  void aFailedTurnIsTriedAgain() {
    String conversation = site.name("conversation");
    String message = site.asking(Script.script().says("half"));
    Answer failed = Api.say(site, conversation, message, STREAM);
    String id = failed.header("X-Turn-ID");
    site.answers(message, Script.answers("whole"));

    Answer retried = site.post(Api.turns(conversation), "{\"retry_of\":\"" + id + "\"}");

    assertThat(retried.json().get("message").stringValue()).isEqualTo(message);
    assertThat(retried.json().get("text").stringValue()).isEqualTo("whole");
    assertThat(retried.json().get("retry_of").stringValue()).isEqualTo(id);
    assertThat(retried.header("X-Turn-ID")).isNotEqualTo(id);
  }

  @Test
  void aRunningTurnCannotBeTriedAgain() {
    String conversation = site.name("conversation");
    Gate gate = new Gate();
    String message = site.asking(Script.script().says("one").waits(gate).ends());
    try (var running = site.connect().post(Api.turns(conversation), Api.message(message), STREAM)) {
      running.readTo("one");

      assertProblem(
          site.post(
              Api.turns(conversation), "{\"retry_of\":\"" + site.turnAsking(message).id() + "\"}"),
          400,
          "validation-error",
          "retry_of names a turn that has not ended yet");
      gate.open();
      running.readTo("event: finished");
    }
  }

  @Test
  void aRunningTurnIsReadAsItStands() {
    String conversation = site.name("conversation");
    Gate gate = new Gate();
    String message = site.asking(Script.script().thinks("hm").says("one").waits(gate).ends());
    try (var running = site.connect().post(Api.turns(conversation), Api.message(message), STREAM)) {
      running.readTo("one");

      JsonNode turn =
          site.get(Api.turns(conversation) + "/" + site.turnAsking(message).id()).json();

      assertThat(turn.get("status").stringValue()).isEqualTo("running");
      assertThat(turn.get("text").stringValue()).isEqualTo("one");
      assertThat(turn.get("reasoning").stringValue()).isEqualTo("hm");
      assertThat(turn.get("last_seq").intValue()).isEqualTo(3);
      assertThat(turn.get("usage").isNull()).isTrue();
      assertThat(turn.get("timings").isNull()).isTrue();
      gate.open();
      running.readTo("event: finished");
    }
  }

  @Test
  void aTurnIsStoppedFromElsewhere() {
    String conversation = site.name("conversation");
    String message = site.asking(Script.script().says("O😀").waits(new Gate()).ends());
    try (var running = site.connect().post(Api.turns(conversation), Api.message(message), STREAM)) {
      running.readTo("O");
      String id = site.turnAsking(message).id().toString();
      String stop = Api.turns(conversation) + "/" + id + "/stop";

      Answer receipt = site.call("POST", stop);

      String members = "\"last_seq\":3,\"text_length\":2,\"upstream_closed\":true}";
      String turn = "{\"turn\":\"" + id + "\",\"status\":\"stopped\",";
      assertThat(receipt.status()).isEqualTo(200);
      assertThat(receipt.body()).isEqualTo(turn + members);
      running.readTo("id: 3\nevent: stopped\ndata: " + turn + "\"seq\":3," + members + "\n\n");
      assertThat(site.call("POST", stop).body()).isEqualTo(receipt.body());
    }
  }

  @Test
  void theStopOfATurnThatHasEndedTellsHow() {
    Answer finished = Api.say(site, site.name("conversation"), "hi");

    assertThat(site.call("POST", Api.path(finished) + "/stop").body())
        .isEqualTo(
            "{\"turn\":\"%s\",\"status\":\"finished\",\"last_seq\":3,\"text_length\":6,\"upstream_closed\":true}"
                .formatted(finished.header("X-Turn-ID")));
  }

  @Test
  void aStoppedTurnAsJsonIsATurn() throws Exception {
    String conversation = site.name("conversation");
    Gate gate = new Gate();
    String message = site.asking(Script.script().says("half").waits(gate).ends());
    try (var call = Background.run(() -> Api.say(site, conversation, message))) {
      gate.awaitReached();
      site.call("POST", Api.turns(conversation) + "/" + site.turnAsking(message).id() + "/stop");

      assertThat(call.result().status()).isEqualTo(200);
      assertThat(call.result().json().get("status").stringValue()).isEqualTo("stopped");
      assertThat(call.result().json().get("text").stringValue()).isEqualTo("half");
    }
  }

  @Test
  void aConversationThatIsDeletedMeanwhileLeavesNobodyWaiting() throws Exception {
    String conversation = site.name("conversation");
    Gate gate = new Gate();
    String message = site.asking(Script.script().says("half").waits(gate).ends());
    try (var call = Background.run(() -> Api.say(site, conversation, message))) {
      gate.awaitReached();
      site.delete(Api.CONVERSATIONS + "/" + conversation);

      // Stopped before it was forgotten, or forgotten before it was read.
      assertThat(call.result().status()).isIn(200, 404);
    }
  }

  @Test
  void theContextTellsWhatTheModelSaw() {
    String conversation = site.name("conversation");
    site.post(Api.CONVERSATIONS, "{\"id\":\"" + conversation + "\",\"system\":\"Be very brief.\"}");
    Answer first = Api.say(site, conversation, "one two");
    Answer second = Api.say(site, conversation, "three");

    Answer context = site.get(Api.path(second) + "/context");

    assertThat(context.body())
        .isEqualTo(
            """
            {"turn":"%2$s",\
            "sent":{"messages":[\
            {"turn":null,"role":"system","content":"Be very brief.","tokens":3,"source":"exact"},\
            {"turn":"%1$s","role":"user","content":"one two","tokens":2,"source":"exact"},\
            {"turn":"%1$s","role":"assistant","content":"re: one two","tokens":3,"source":"exact"},\
            {"turn":"%2$s","role":"user","content":"three","tokens":1,"source":"exact"}],\
            "tokens":9},\
            "dropped":{"messages":[],"tokens":0}}\
            """
                .formatted(first.header("X-Turn-ID"), second.header("X-Turn-ID")));
  }

  @Test
  void theContextOfAnotherEncodingIsEstimated() {
    Answer answer =
        site.post(
            Api.turns(site.name("conversation")),
            "{\"message\":\"x\",\"model\":\"llama-3.1-8b-instant\"}");

    assertThat(site.get(Api.path(answer) + "/context").body())
        .contains("\"tokens\":2,\"source\":\"estimated\"");
  }

  @ParameterizedTest
  @CsvSource({"GET,''", "GET,/events", "POST,/stop", "GET,/context"})
  void aTurnThatIsNotThereIsNotFound(String method, String what) {
    Answer mine = Api.say(site, site.name("conversation"), "hi");
    String turn = mine.header("X-Turn-ID");
    String elsewhere = Api.turns(site.name("conversation"));

    assertProblem(
        site.call(method, elsewhere + "/" + turn + what), 404, "not-found", "no such turn");
    assertProblem(site.call(method, elsewhere + "/x" + what), 404, "not-found", "no such turn");
  }
}
