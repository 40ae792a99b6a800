package dev.groqchat.adapters.web.classic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.adapters.web.Answer;
import dev.groqchat.adapters.web.OverHttp;
import dev.groqchat.adapters.web.Site;
import dev.groqchat.adapters.web.Statuses;
import dev.groqchat.application.fixtures.Background;
import dev.groqchat.application.fixtures.Fixtures;
import dev.groqchat.application.fixtures.Gate;
import dev.groqchat.application.fixtures.Script;
import dev.groqchat.domain.failure.Failure;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the classic API says when something is wrong, before the first byte and after it. */
@OverHttp
class ChatErrorsTest {
  private final Site site;

  ChatErrorsTest(Site site) {
    this.site = site;
  }

  static Stream<Arguments> rules() {
    String long4001 = "😀".repeat(4001);
    return Stream.of(
        Arguments.of("{\"messages\":[]}", "messages cannot be empty"),
        Arguments.of("{}", "messages cannot be empty"),
        Arguments.of("{\"messages\":null,\"prompt\":null}", "messages cannot be empty"),
        Arguments.of(
            messages("User", "hi"),
            "invalid role 'User' at index 0: must be 'user' or 'assistant'"),
        Arguments.of(
            messages("system", "hi"),
            "invalid role 'system' at index 0: must be 'user' or 'assistant'"),
        Arguments.of(
            "{\"messages\":[{\"content\":\"hi\"}]}",
            "invalid role '' at index 0: must be 'user' or 'assistant'"),
        Arguments.of(
            "{\"messages\":[null]}", "invalid role '' at index 0: must be 'user' or 'assistant'"),
        Arguments.of(messages("user", ""), "empty content at index 0"),
        Arguments.of(messages("user", " \\n\\t"), "empty content at index 0"),
        Arguments.of("{\"messages\":[{\"role\":\"user\"}]}", "empty content at index 0"),
        Arguments.of(
            "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":\"\"}]}",
            "empty content at index 1"),
        Arguments.of(
            messages("assistant", "hi"), "last message must be from user, got 'assistant'"),
        Arguments.of("{\"prompt\":\"\",\"stream\":false}", "prompt cannot be empty"),
        Arguments.of("{\"prompt\":\"  \",\"stream\":false}", "prompt cannot be empty"),
        Arguments.of(
            "{\"prompt\":\"" + long4001 + "\",\"stream\":false}",
            "prompt exceeds maximum length of 4000 characters"),
        Arguments.of(
            messages("user", "x".repeat(32_001)),
            "content at index 0 exceeds maximum length of 32000 characters"));
  }

  private static String messages(String role, String content) {
    return "{\"messages\":[{\"role\":\"" + role + "\",\"content\":\"" + content + "\"}]}";
  }

  @ParameterizedTest
  @MethodSource("rules")
  void aBrokenRuleIsNamed(String body, String error) {
    assertError(site.post("/chat", body, "X-Request-ID: r-7"), 400, "validation_error", error);
  }

  /** The one body, with all its members and no other. */
  private static void assertError(Answer answer, int status, String type, String error) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.json().propertyNames())
        .containsExactly("error", "message", "code", "error_type", "request_id", "timestamp");
    assertThat(answer.json().get("error").stringValue()).isEqualTo(error);
    assertThat(answer.json().get("message").stringValue()).isEqualTo(error);
    assertThat(answer.json().get("code").intValue()).isEqualTo(status);
    assertThat(answer.json().get("error_type").stringValue()).isEqualTo(type);
    assertThat(answer.json().get("request_id").stringValue())
        .isEqualTo(answer.header("X-Request-ID"));
    assertThat(Instant.parse(answer.json().get("timestamp").stringValue()))
        .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
  }

  @Test
  void aPromptOfExactlyTheMostCodePointsIsTaken() {
    assertThat(site.post("/chat", Chat.prompt("😀".repeat(4000))).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''        | prompt cannot be empty",
        "4001      | prompt exceeds maximum length of 4000 characters",
      })
  void aPromptsErrorIsOneEventWithTheStatus(String prompt, String error) {
    String text = "4001".equals(prompt) ? "x".repeat(4001) : "";

    Answer answer = site.post("/chat", Chat.prompt(text), "X-Request-ID: r-8");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("Content-Type")).isEqualTo("text/event-stream;charset=utf-8");
    assertThat(answer.body())
        .isEqualTo(
            "data: {\"type\":\"error\",\"content\":\"" + error + "\",\"request_id\":\"r-8\"}\n\n");
  }

  @Test
  void aPromptsErrorHoldsNoLineBreakThatOnlySomeKnow() {
    Answer answer = site.post("/chat?format=events", messages("us\u2028er", "hi"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("invalid role 'us\\u2028er' at index 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"prompt\":", "[]"})
  void whoAsksForTypedEventsGetsThemForABodyThatCannotBeReadToo(String body) {
    Answer answer = site.post("/chat?format=events", body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).startsWith("data: {\"type\":\"error\",");
  }

  @ParameterizedTest
  @ValueSource(strings = {"xml", "JSON", ""})
  void anUnknownFormatIsRefused(String format) {
    assertError(
        site.post("/chat?format=" + format, Chat.messages("hi")),
        400,
        "validation_error",
        "format must be json, raw, content or events");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"messages\":                                     | the body is not valid JSON",
        "{\"messages\":[]} x                                | the body is not valid JSON",
        "not json                                           | the body is not valid JSON",
        "{\"messages\":\"hi\"}                              | messages has the wrong type",
        "{\"messages\":[1]}                                 | messages[0] has the wrong type",
        "{\"messages\":[{\"role\":\"user\",\"content\":{}}]} | messages[0].content has the wrong type",
        "{\"stream\":\"maybe\"}                             | stream has the wrong type",
        "{\"prompt\":[]}                                    | prompt has the wrong type",
        "''                                                 | the body is missing or cannot be read",
        "null                                               | the body is missing or cannot be read",
        "[]                                                 | the body has the wrong type",
        "\"hi\"                                             | the body has the wrong type",
      })
  void aBodyThatCannotBeReadIsRefused(String body, String error) {
    assertError(site.post("/chat", body), 400, "validation_error", error);
  }

  @Test
  void bytesThatAreNoUtf8AreRefused() {
    Answer answer =
        Site.send(
            site.request("/chat", "Content-Type: application/json")
                .POST(BodyPublishers.ofByteArray(new byte[] {'"', (byte) 0xff, '"'})));

    assertError(answer, 400, "validation_error", "the body is not valid UTF-8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text/plain", "application/xml", "multipart/form-data; boundary=x", "nonsense"})
  void aBodyOfAnotherTypeIsRefused(String type) {
    Answer answer =
        Site.send(
            site.request("/chat", "Content-Type: " + type).POST(BodyPublishers.ofString("{}")));

    assertError(answer, 415, "unsupported_media_type", "the body must be application/json");
  }

  @Test
  void aBodyOfNoTypeIsRefused() {
    Answer answer = Site.send(site.request("/chat").POST(BodyPublishers.ofString("{}")));

    assertError(answer, 415, "unsupported_media_type", "the body must be application/json");
  }

  @Test
  void aCharsetInTheTypeIsFine() {
    Answer answer =
        Site.send(
            site.request("/chat", "Content-Type: Application/JSON; charset=UTF-8")
                .POST(BodyPublishers.ofString(Chat.messages("hi"))));

    assertThat(answer.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH"})
  void anotherMethodIsRefused(String method) {
    Answer answer = site.call(method, "/chat");

    assertError(
        answer,
        405,
        "method_not_allowed",
        method + " is not supported here; supported: OPTIONS, POST");
    assertThat(answer.header("Allow")).isEqualTo("OPTIONS, POST");
  }

  @ParameterizedTest
  @CsvSource({"GET, /nothing", "POST, /nothing", "GET, /chat/more", "DELETE, /more"})
  void thereIsNothingElsewhere(String method, String path) {
    assertError(site.call(method, path), 404, "not_found", "there is nothing at this address");
  }

  static Stream<Arguments> failures() {
    return Fixtures.allFailures().stream()
        // The provider's limit for us makes a turn wait; nobody is refused for it.
        .filter(failure -> !(failure instanceof Failure.ModelBusy))
        .map(failure -> Arguments.of(failure, Statuses.of(failure), Statuses.retryAfter(failure)));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aFailureBeforeTheFirstByteIsAStatus(Failure failure, int status, String retryAfter) {
    for (String format : List.of("json", "raw", "content")) {
      String message = site.asking(Script.refuses(failure));

      Answer answer = site.post("/chat?format=" + format, Chat.messages(message));

      assertThat(answer.status()).as(format).isEqualTo(status);
      assertThat(answer.header("Content-Type")).isEqualTo("application/json");
      assertThat(answer.header("Retry-After")).isEqualTo(retryAfter);
      assertThat(answer.json().get("error").stringValue()).isEqualTo(failure.detail());
      assertThat(answer.json().get("code").intValue()).isEqualTo(status);
    }
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aPromptsFailureBeforeTheFirstByteIsAnEventWithAStatus(
      Failure failure, int status, String retryAfter) {
    String message = site.asking(Script.refuses(failure));

    Answer answer = site.post("/chat", Chat.prompt(message), "X-Request-ID: r-9");

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("Retry-After")).isEqualTo(retryAfter);
    assertThat(answer.body())
        .isEqualTo(
            "data: {\"type\":\"error\",\"content\":\""
                + failure.detail()
                + "\",\"request_id\":\"r-9\"}\n\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"raw", "content", "events"})
  void aModelThatAcceptsAndFailsBeforeItsFirstWordIsAStatusToo(String format) {
    String message =
        site.asking(Script.script().thinks("hm").fails(new Failure.ModelUnavailable()));

    Answer answer = site.post("/chat?format=" + format, Chat.messages(message));

    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.body()).contains("the model provider failed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "raw     | data: Hel                 | data: {\"error\":\"the reply broke off before its end\"}",
        "content | data: {\"content\":\"Hel\"} | data: {\"error\":\"the reply broke off before its end\"}",
      })
  void aFailureAfterTheFirstByteIsTheLastFrame(String format, String first, String last) {
    String message = site.asking(Script.script().says("Hel"));

    Answer answer = site.post("/chat?format=" + format, Chat.messages(message));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.frames()).isEqualTo(first + "\n\n" + last + "\n\n");
  }

  @Test
  void aPromptsFailureAfterTheFirstByteIsTheLastFrame() {
    String message = site.asking(Script.script().says("Hel"));

    Answer answer = site.post("/chat", Chat.prompt(message), "X-Request-ID: r");

    assertThat(answer.frames())
        .endsWith(
            """
            data: {"type":"content","content":"Hel","request_id":"r"}

            data: {"type":"error","content":"the reply broke off before its end","request_id":"r"}

            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"raw", "content", "events"})
  void aStoppedReplyIsNotCalledWhole(String format) {
    String session = site.name("session");
    String message = site.asking(Script.script().says("Hel").waits(new Gate()).ends());
    try (var client = site.connect()) {
      client.post(
          "/chat?format=" + format,
          Chat.messages(message),
          "X-Session-ID: " + session,
          "Connection: close");
      client.readTo("Hel");

      site.call(
          "POST",
          "/api/conversations/" + session + "/turns/" + site.turnAsking(message).id() + "/stop");

      assertThat(client.readAll())
          .contains("the reply was stopped")
          .contains("error")
          .doesNotContain("[DONE]")
          .doesNotContain("\"done\"");
    }
  }

  @Test
  void aStoppedReplyIsNoWholeAnswer() throws Exception {
    String session = site.name("session");
    Gate gate = new Gate();
    String message = site.asking(Script.script().says("Hel").waits(gate).ends());
    try (var asking =
        Background.run(() -> site.post("/chat", Chat.whole(message), "X-Session-ID: " + session))) {
      gate.awaitReached();
      site.call(
          "POST",
          "/api/conversations/" + session + "/turns/" + site.turnAsking(message).id() + "/stop");

      assertError(asking.result(), 409, "stopped", "the reply was stopped");
    }
  }

  @Test
  void aDefectTellsNothingOfItself() {
    String message =
        site.asking(Script.refuses(new IllegalStateException("secret at com.example.Foo")));

    Answer answer = site.post("/chat", Chat.messages(message));

    assertError(
        answer,
        500,
        "internal_error",
        "something went wrong here; the log has it under this request's id");
    assertThat(answer.body()).doesNotContain("secret").doesNotContain("Exception");
  }

  @Test
  void aDefectOfAStoreTellsNothingOfItself() {
    String session = site.name("session");
    site.fakes()
        .turns()
        .interfere((operation, subject) -> {
          if (operation.equals("add")) {
            throw new IllegalStateException("secret");
          }
        });
    try {
      Answer answer = site.post("/chat", Chat.messages("hi"), "X-Session-ID: " + session);

      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.body()).contains("internal_error").doesNotContain("secret");
      assertThat(answer.header("X-Session-ID")).isEqualTo(session);
    } finally {
      site.fakes().turns().interfere((operation, subject) -> {});
    }
  }
}
