package dev.groqchat.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.simulator.Outcome;
import dev.groqchat.simulator.Script;
import dev.groqchat.simulator.SeenRequest;
import dev.groqchat.simulator.SimulatorConfig;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The OpenAI-compatible API, from its clients to the provider and back. */
@Timeout(120)
class RelayOverHttpTest {
  private static final String PATH = "/openai/v1/chat/completions";
  private static final String DONE = "data: [DONE]\n\n";
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final String TOOLS =
      """
      "tools":[{"type":"function","function":{"name":"weather","parameters":{"type":"object","properties":{"city":{"type":"string"}}}}}]\
      """;

  private Service service;

  @BeforeEach
  void start() {
    service = Service.start(SimulatorConfig.fast(), "FALLBACK_MODELS=openai/gpt-oss-20b");
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private HttpResponse<String> ask(String more) throws Exception {
    String body =
        "{\"messages\":[{\"role\":\"user\",\"content\":\"Hello!\"}],\"temperature\":1" + more + "}";
    return service.post(PATH, body, Map.of());
  }

  /** Has the models answer by the script, all of them and always. */
  private void always(Script script) {
    service
        .simulator()
        .scriptEach(request -> chats(request) ? Optional.of(script) : Optional.empty());
  }

  private static boolean chats(SeenRequest request) {
    return request.path().endsWith("/chat/completions");
  }

  private SeenRequest asked() {
    return service.simulator().requests().stream()
        .filter(RelayOverHttpTest::chats)
        .reduce((_, last) -> last)
        .orElseThrow();
  }

  private static List<JsonNode> frames(HttpResponse<String> answer) {
    return answer
        .body()
        .lines()
        .filter(line -> line.startsWith("data: {"))
        .map(line -> Service.JSON.readTree(line.substring("data: ".length())))
        .toList();
  }

  private static String said(List<JsonNode> frames) {
    return frames.stream()
        .map(frame -> frame.at("/choices/0/delta/content").asString(""))
        .collect(Collectors.joining());
  }

  @Test
  void aStreamIsTheProvidersToItsEnd() throws Exception {
    service.simulator().script(Script.saying("Grüße aus der Welt 🙂 and more."));

    HttpResponse<String> answer = ask(",\"stream\":true,\"seed\":7");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/event-stream");
    assertThat(answer.body()).endsWith(DONE).doesNotContain("event:");
    assertThat(said(frames(answer))).isEqualTo("Grüße aus der Welt 🙂 and more.");
    assertThat(frames(answer))
        .allMatch(frame -> frame.get("object").stringValue().equals("chat.completion.chunk"))
        .noneMatch(frame -> frame.get("choices").isEmpty());
    assertThat(frames(answer).getLast().at("/choices/0/finish_reason").stringValue())
        .isEqualTo("stop");
    assertThat(asked().json().get("seed").intValue()).isEqualTo(7);
    assertThat(asked().json().get("model").stringValue()).isEqualTo("openai/gpt-oss-120b");
  }

  @Test
  void usageComesToWhoAsksForIt() throws Exception {
    List<JsonNode> frames =
        frames(ask(",\"stream\":true,\"stream_options\":{\"include_usage\":true}"));

    assertThat(frames.getLast().get("choices").isEmpty()).isTrue();
    assertThat(frames.getLast().at("/usage/total_tokens").asInt(0)).isPositive();
  }

  @Test
  void aWholeReplyIsTheProvidersJson() throws Exception {
    service.simulator().script(Script.saying("Hello World!"));

    HttpResponse<String> answer = ask(",\"model\":\"openai/gpt-oss-20b\"");

    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode reply = Service.json(answer);
    assertThat(reply.get("object").stringValue()).isEqualTo("chat.completion");
    assertThat(reply.get("model").stringValue()).isEqualTo("openai/gpt-oss-20b");
    assertThat(reply.at("/choices/0/message/content").stringValue()).isEqualTo("Hello World!");
    assertThat(reply.at("/usage/total_tokens").asInt(0)).isPositive();
  }

  @Test
  void toolsPassInBothDirections() throws Exception {
    service.simulator().script(Script.calling("weather", "{\"city\":\"Paris\"}"));
    service.simulator().script(Script.calling("weather", "{\"city\":\"Paris\"}"));

    List<JsonNode> frames = frames(ask(",\"stream\":true," + TOOLS));
    JsonNode whole = Service.json(ask("," + TOOLS));

    assertThat(frames)
        .anyMatch(frame ->
            frame
                .at("/choices/0/delta/tool_calls/0/function/arguments")
                .asString("")
                .equals("{\"city\":\"Paris\"}"));
    assertThat(frames.getLast().at("/choices/0/finish_reason").stringValue())
        .isEqualTo("tool_calls");
    assertThat(whole.at("/choices/0/message/tool_calls/0/function/name").stringValue())
        .isEqualTo("weather");
    assertThat(asked().json().at("/tools/0/function/name").stringValue()).isEqualTo("weather");
  }

  @Test
  void anotherModelAnswersForOneThatFails() throws Exception {
    service
        .simulator()
        .scriptEach(request ->
            chats(request)
                    && request.json().path("model").asString("").equals("openai/gpt-oss-120b")
                ? Optional.of(Script.refusing(500))
                : Optional.empty());

    assertThat(Service.json(ask("")).get("model").stringValue()).isEqualTo("openai/gpt-oss-20b");
    assertThat(frames(ask(",\"stream\":true")))
        .isNotEmpty()
        .allMatch(frame -> frame.get("model").stringValue().equals("openai/gpt-oss-20b"));
  }

  @Test
  void theProvidersLimitIsTheClientsWithoutAnOrganisation() throws Exception {
    always(Script.of("error=429 retry-after=7s"));

    HttpResponse<String> answer = ask(",\"stream\":true");

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValueAsLong("retry-after").orElse(0)).isBetween(5L, 7L);
    assertThat(Service.json(answer).at("/error/code").stringValue())
        .isEqualTo("rate_limit_exceeded");
    assertThat(answer.body()).doesNotContain("org_").doesNotContainIgnoringCase("billing");
  }

  @Test
  void whatTheProviderHasAgainstTheWordsIsToldInItsOwn() throws Exception {
    always(Script.refusing(400));

    for (String more : List.of("", ",\"stream\":true")) {
      HttpResponse<String> answer = ask(more);

      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(Service.json(answer).at("/error/type").stringValue())
          .isEqualTo("invalid_request_error");
      assertThat(answer.headers().firstValue("x-should-retry")).isEmpty();
    }
  }

  @Test
  void theProvidersKeyIsNotTheClients() throws Exception {
    always(Script.refusing(401));

    HttpResponse<String> answer = ask("");

    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.headers().firstValue("x-should-retry")).contains("false");
    assertThat(answer.body()).doesNotContain("invalid_api_key");
  }

  @Test
  void aReplyThatIsCutEndsWithTheErrorEvent() throws Exception {
    always(Script.of("tokens=50 cut-after=5"));

    HttpResponse<String> answer = ask(",\"stream\":true");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(said(frames(answer))).startsWith("1 2 3");
    assertThat(answer.body())
        .doesNotContain("[DONE]")
        .contains("\n\nevent: error\ndata: {\"error\":{");
    assertThat(answer.body().substring(answer.body().indexOf("event: error"))).endsWith("}}\n\n");
    assertThat(ask("").statusCode()).isEqualTo(502);
  }

  @ParameterizedTest
  @CsvSource({"true, stall-head", "true, stall-after=5 tokens=50", "false, stall-head"})
  void whoLeavesTakesTheModelAlong(boolean stream, String script) throws Exception {
    always(Script.of(script));
    String body =
        "{\"messages\":[{\"role\":\"user\",\"content\":\"Count\"}],\"stream\":" + stream + "}";
    String head =
        "POST " + PATH + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length() + "\r\n\r\n";
    SeenRequest seen;
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), service.uri("/").getPort())) {
      client.getOutputStream().write((head + body).getBytes(StandardCharsets.UTF_8));
      seen = awaitAsked();
    }

    assertThat(seen.awaitOutcome(PATIENCE).end()).isEqualTo(Outcome.End.CLIENT_CLOSED);
  }

  private SeenRequest awaitAsked() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (service.simulator().requests().stream().noneMatch(RelayOverHttpTest::chats)) {
      assertThat(System.nanoTime()).as("nobody has asked").isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
    return asked();
  }
}
