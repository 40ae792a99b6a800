package dev.groqchat.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.simulator.Outcome;
import dev.groqchat.simulator.Script;
import dev.groqchat.simulator.SeenRequest;
import dev.groqchat.simulator.SimulatorConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the service is for, with everything real but the provider. */
class EndToEndTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Map<String, String> STREAM = Map.of("Accept", "text/event-stream");

  private static Service service;

  /** Each test speaks in a conversation of its own. */
  private final String conversation = UUID.randomUUID().toString();

  @BeforeAll
  static void start() {
    service = Service.start(SimulatorConfig.fast());
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @BeforeEach
  void forgetScripts() {
    service.simulator().reset();
  }

  @Test
  void aFollowUpQuestionReachesTheModelWithItsHistory() throws Exception {
    service.simulator().script(Script.saying("Hello Ada."));
    service.simulator().script(Script.saying("Ada."));
    chat("My name is Ada");

    assertThat(chat("What is my name?").body()).isEqualTo("{\"response\":\"Ada.\"}");

    SeenRequest second = questions().getLast();
    assertThat(second.json().get("messages"))
        .extracting(it -> it.get("role").asString() + ": " + it.get("content").asString())
        .containsExactly("user: My name is Ada", "assistant: Hello Ada.", "user: What is my name?");
    assertThat(service.get("/history", session()).body())
        .isEqualTo(
            """
            [{"role":"user","content":"My name is Ada"},{"role":"assistant","content":"Hello Ada."},\
            {"role":"user","content":"What is my name?"},{"role":"assistant","content":"Ada."}]\
            """);
  }

  @Test
  void aReplyArrivesTokenByTokenLongBeforeItsEnd() throws Exception {
    service.simulator().script(Script.counting(3).stallAfter(2));

    try (var lines =
        lines("/chat", "{\"messages\":[{\"role\":\"user\",\"content\":\"Count\"}]}", session())) {
      assertThat(lines.next("data:")).isEqualTo("data: {\"content\":\"1\"}");
      assertThat(lines.next("data:")).isEqualTo("data: {\"content\":\" 2\"}");
      assertThat(service.simulator().openStreams()).isEqualTo(1);
    }
  }

  @Test
  void whoLeavesAClassicCallEndsItUpstreamToo() throws Exception {
    service.simulator().script(Script.counting(3).stallAfter(2));
    try (var lines =
        lines("/chat", "{\"messages\":[{\"role\":\"user\",\"content\":\"Count\"}]}", session())) {
      lines.next("data:");
    }

    assertThat(questions().getLast().awaitOutcome(PATIENCE).end())
        .isEqualTo(Outcome.End.CLIENT_CLOSED);
    assertThat(service.get("/history", session()).body()).isEqualTo("[]");
  }

  @Test
  void stoppingClosesTheProvidersConnection() throws Exception {
    service.simulator().script(Script.counting(100).stallAfter(3));
    try (var lines = lines(turns(), "{\"message\":\"Count\"}", STREAM)) {
      String turn = lines.header("X-Turn-ID");
      lines.next("event: delta");

      JsonNode receipt = Service.json(service.post(turns() + "/" + turn + "/stop", "", Map.of()));

      assertThat(receipt.get("status").asString()).isEqualTo("stopped");
      assertThat(receipt.get("upstream_closed").asBoolean()).isTrue();
      assertThat(lines.next("event: stopped")).isNotNull();
    }
    assertThat(questions().getLast().awaitOutcome(PATIENCE).end())
        .isEqualTo(Outcome.End.CLIENT_CLOSED);
  }

  @Test
  void aTurnCanBeReplayedFromAnyEvent() throws Exception {
    service.simulator().script(Script.counting(4));
    HttpResponse<String> live = service.post(turns(), "{\"message\":\"Count\"}", STREAM);
    String events =
        turns() + "/" + live.headers().firstValue("X-Turn-ID").orElseThrow() + "/events";

    assertThat(service.get(events, Map.of()).body()).isEqualTo(live.body());
    assertThat(service.get(events + "?after=3", Map.of("Last-Event-ID", "1")).body())
        .isEqualTo(live.body().substring(live.body().indexOf("id: 4\n")));
  }

  @Test
  void fiftyChatsAtOnceAreFiftyAtOnceUpstream() throws Exception {
    // Until the provider has answered once, nobody knows how much it takes at once.
    chat("Count");
    service
        .simulator()
        .scriptEach(_ -> Optional.of(Script.counting(5).firstTokenAfter(Duration.ofMillis(500))));

    List<HttpResponse<String>> answers =
        atOnce(
            50,
            index ->
                service.post(
                    "/chat", body("Count " + index), Map.of("X-Session-ID", conversation + index)));

    assertThat(answers).extracting(HttpResponse::body).containsOnly("{\"response\":\"1 2 3 4 5\"}");
    assertThat(service.simulator().mostStreamsAtOnce()).isEqualTo(50);
  }

  @Test
  void tenMessagesAtOnceBecomeTenPairs() throws Exception {
    service
        .simulator()
        .scriptEach(it ->
            Optional.of(
                Script.saying(
                    "re: "
                        + it.json()
                            .get("messages")
                            .get(it.json().get("messages").size() - 1)
                            .get("content")
                            .asString())));

    atOnce(10, index -> service.post("/chat", body("message " + index), session()));

    JsonNode history = Service.json(service.get("/history", session()));
    assertThat(history).hasSize(20);
    for (int pair = 0; pair < 10; pair++) {
      assertThat(history.get(2 * pair + 1).get("content").asString())
          .isEqualTo("re: " + history.get(2 * pair).get("content").asString());
    }
    assertThat(questions())
        .extracting(it -> it.json().get("messages").size())
        .containsExactlyElementsOf(IntStream.range(0, 10).mapToObj(it -> 2 * it + 1).toList());
  }

  @Test
  void halfAnAnswerIsNeverCalledWhole() throws Exception {
    service.simulator().script(Script.of("tokens=5 end-after=3"));

    HttpResponse<String> answer =
        service.post("/chat", body("Count").replace(",\"stream\":false", ""), session());

    assertThat(answer.body())
        .endsWith("data: {\"error\":\"the reply broke off before its end\"}\n\n")
        .doesNotContain("[DONE]");
  }

  @Test
  void nothingOfTheProvidersRefusalReachesAClient() throws Exception {
    // Not 429: whoever meets the provider's limit waits, and gets an answer.
    for (int status : List.of(400, 401, 403, 404, 413, 498, 500, 502, 503)) {
      if (status >= 498) {
        // It is asked three times. Enough others get their answer for its breaker to stay closed.
        for (int i = 0; i < 5; i++) {
          chat("Hello");
        }
        service.simulator().script(Script.refusing(status));
        service.simulator().script(Script.refusing(status));
      }
      service.simulator().script(Script.refusing(status));
      HttpResponse<String> answer = service.post("/chat", body("Hello"), session());
      assertThat(answer.statusCode()).as("for " + status).isIn(413, 502, 503);
      assertThat(answer.body())
          .doesNotContainIgnoringCase("org_")
          .doesNotContain("Groq", "Invalid API Key", "html");
    }
  }

  @Test
  void theProviderIsToldTheRequestsIdAndOurName() throws Exception {
    service.post(
        "/chat", body("Hello"), Map.of("X-Session-ID", conversation, "X-Request-ID", "trace-1"));

    SeenRequest question = questions().getLast();
    assertThat(question.header("x-request-id")).contains("trace-1");
    assertThat(question.header("authorization")).contains("Bearer test-key");
    assertThat(question.header("user-agent"))
        .hasValueSatisfying(it -> assertThat(it).startsWith("groq-chat-service/"));
  }

  @Test
  void whatTheModelSawCanBeSeen() throws Exception {
    service.simulator().script(Script.saying("Hello Ada."));
    service.simulator().script(Script.saying("Ada."));
    chat("My name is Ada");
    HttpResponse<String> second = service.post(turns(), "{\"message\":\"And now?\"}", Map.of());
    String turn = Service.json(second).get("id").asString();

    JsonNode context = Service.json(service.get(turns() + "/" + turn + "/context", Map.of()));

    assertThat(context.get("sent").get("messages"))
        .extracting(it -> it.get("content").asString())
        .containsExactly("My name is Ada", "Hello Ada.", "And now?");
    assertThat(context.get("sent").get("messages").get(0).get("source").asString())
        .isEqualTo("exact");
    assertThat(context.get("dropped").get("messages")).isEmpty();
  }

  @Test
  void metricsAndHealthAnswer() throws Exception {
    assertThat(service.get("/metrics", Map.of()).body()).contains("http_server_requests");
    assertThat(service.get("/health", Map.of("Accept", "text/plain")).body()).isEqualTo("OK");
    assertThat(service.get("/actuator/health/liveness", Map.of()).statusCode()).isEqualTo(200);
  }

  @Test
  void swaggerUiListsEveryCall() throws Exception {
    assertThat(service.get("/swagger-ui/index.html", Map.of()).statusCode()).isEqualTo(200);
    JsonNode paths = Service.json(service.get("/v3/api-docs", Map.of())).get("paths");
    assertThat(paths.propertyNames())
        .containsExactlyInAnyOrder(
            "/api/conversations",
            "/api/conversations/{id}",
            "/api/conversations/{conversation}/turns",
            "/api/conversations/{conversation}/turns/{turn}",
            "/api/conversations/{conversation}/turns/{turn}/events",
            "/api/conversations/{conversation}/turns/{turn}/stop",
            "/api/conversations/{conversation}/turns/{turn}/context",
            "/openai/v1/chat/completions",
            "/openai/v1/models",
            "/openai/v1/models/{id}",
            "/v1/chat/completions",
            "/v1/models",
            "/v1/models/{id}",
            "/api/models",
            "/api/tickets",
            "/api/status",
            "/chat",
            "/history",
            "/health",
            "/metrics");
  }

  private HttpResponse<String> chat(String message) throws Exception {
    return service.post("/chat", body(message), session());
  }

  private static String body(String message) {
    return "{\"messages\":[{\"role\":\"user\",\"content\":\"" + message + "\"}],\"stream\":false}";
  }

  private Map<String, String> session() {
    return Map.of("X-Session-ID", conversation);
  }

  private String turns() {
    return "/api/conversations/" + conversation + "/turns";
  }

  private static List<SeenRequest> questions() {
    return service.simulator().requests().stream()
        .filter(it -> it.path().endsWith("/chat/completions"))
        .toList();
  }

  private static <T> List<T> atOnce(int times, Call<T> call) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<T>> calls =
          IntStream.range(0, times).<Callable<T>>mapToObj(index -> () -> call.make(index)).toList();
      return threads.invokeAll(calls).stream().map(Future::resultNow).toList();
    }
  }

  /** One of many calls at once. */
  private interface Call<T> {
    T make(int index) throws Exception;
  }

  private static Lines lines(String path, String json, Map<String, String> headers)
      throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest request =
        service
            .request(path, headers)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    var response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    return new Lines(
        client,
        response,
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8)));
  }

  /** A stream being read line by line; closing it is leaving. */
  private record Lines(HttpClient client, HttpResponse<?> response, BufferedReader reader)
      implements AutoCloseable {
    String next(String prefix) throws IOException {
      String line = reader.readLine();
      while (line != null && !line.startsWith(prefix)) {
        line = reader.readLine();
      }
      return String.valueOf(line);
    }

    String header(String name) {
      return response.headers().firstValue(name).orElseThrow();
    }

    @Override
    public void close() throws IOException {
      client.shutdownNow();
      reader.close();
    }
  }
}
