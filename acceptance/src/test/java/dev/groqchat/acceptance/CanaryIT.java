package dev.groqchat.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.acceptance.fixtures.PackagedService;
import dev.groqchat.simulator.Simulator;
import dev.groqchat.simulator.SimulatorConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends marked keys and texts through every surface to a service that logs all it can, with
 * failures of every kind, and then searches for the marks in all that comes out for others. Long,
 * as it speaks to all surfaces.
 */
class CanaryIT {
  /** Part of every key and every text here, and of nothing else. */
  private static final String MARK = "canary";

  private static final String PROVIDER_KEY = "canary-provider-key-5d0c";
  private static final String ALICE = "canary-alices-key-77ab";
  private static final String BOB = "canary-bobs-key-c310";

  /** A provider's failures; most of them quote the question. Those that open the breaker last. */
  private static final List<String> FAILURES =
      List.of(
          "error=400",
          "error=400-json",
          "error=400-tool",
          "error=401",
          "error=403-html",
          "error=404",
          "error=413",
          "tool arguments=\"{canary-arguments}\"",
          "thinking=\"canary-thought\"",
          "finish=canary-reason",
          "garbage-after=2",
          "error-after=2",
          "openrouter-error-after=2",
          "end-after=2",
          "cut-after=2",
          "reset-after=2",
          "error=500",
          "cut-head",
          "reset-head",
          "error=429");

  /** Bodies and heads that cannot be read, where a parser likes to quote. */
  private static final List<String> BROKEN =
      List.of(
          "{\"message\":canary}",
          "{\"message\":\"canary",
          "{\"message\":{\"canary\":1}}",
          "{\"messages\":\"canary\"}",
          "{\"messages\":[{\"role\":\"canary\",\"content\":\"canary\"}]}",
          "{\"messages\":[{\"role\":[\"canary\"]}]}",
          "{\"prompt\":[\"canary\"]}",
          "{\"temperature\":\"canary\",\"message\":\"canary\"}",
          "{\"max_tokens\":\"canary\",\"message\":\"canary\"}",
          "{\"model\":\"canary-model\",\"message\":\"canary\",\"messages\":[{\"role\":\"user\",\"content\":\"canary\"}]}",
          "{\"title\":[\"canary\"]}",
          "canary");

  /** Surfaces have models of their own, as one surface's failures open a model's breaker. */
  private static final String NATIVE = ",\"model\":\"qwen/qwen3.8-27b\"}";

  private static final String RELAYED = ",\"model\":\"openai/gpt-oss-20b\"}";

  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** What came back that is not for the one who said it. */
  private final List<String> shown = new ArrayList<>();

  private @Nullable PackagedService service;

  @Test
  void noKeyAndNoTextComesOutWhereOthersRead(@TempDir Path folder) throws Exception {
    try (Simulator simulator = Simulator.start(SimulatorConfig.fast());
        TraceSink traces = new TraceSink();
        PackagedService started = PackagedService.start(folder, settings(simulator, traces))) {
      service = started;
      overHttp();
      overOpenAi();
      unreadable();
      overSockets();
      overSocketIo();
      for (String path :
          List.of(
              "/metrics",
              "/actuator/health",
              "/actuator/info",
              "/actuator",
              "/actuator/env",
              "/actuator/loggers",
              "/actuator/httpexchanges",
              "/health",
              "/api/status",
              "/v3/api-docs")) {
        shown.add(path + ": " + send(request(path)).body());
      }
      assertThat(started.terminate()).isZero();
      marked(started.log()).forEach(shown::add);
      assertThat(traces.taken()).anyMatch(it -> it.contains("gen_ai.request.model"));
      shown.addAll(traces.taken());
    }
    assertThat(shown.stream().filter(it -> it.toLowerCase(Locale.ROOT).contains(MARK))).isEmpty();
  }

  private static Map<String, String> settings(Simulator simulator, TraceSink traces)
      throws Exception {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(BOB.getBytes(UTF_8));
    Map<String, String> settings = new HashMap<>();
    settings.put("OTEL_EXPORTER_OTLP_ENDPOINT", traces.endpoint());
    settings.put("OTEL_EXPORTER_OTLP_HEADERS", "authorization=canary-receivers-key");
    settings.putAll(
        Map.of(
            "GROQ_API_KEY",
            PROVIDER_KEY,
            "GROQ_BASE_URL",
            simulator.baseUrl().toString(),
            "API_KEYS",
            "alice:" + ALICE + ",bob:sha256:" + HexFormat.of().formatHex(hash),
            "SYSTEM_PROMPT",
            "canary-system-prompt",
            "LOG_FORMAT",
            "json",
            "LOGGING_LEVEL_ROOT",
            "debug",
            "LOGGING_LEVEL_DEV_GROQCHAT",
            "trace",
            "RATE_LIMIT",
            "0",
            "QUEUE_TIMEOUT",
            "1s"));
    return settings;
  }

  /** Lines are long: of each only what is near the mark. */
  private static List<String> marked(String log) {
    return log.lines()
        .map(line -> {
          int at = line.toLowerCase(Locale.ROOT).indexOf(MARK);
          return at < 0
              ? ""
              : line.substring(Math.max(0, at - 300), Math.min(line.length(), at + 100));
        })
        .filter(line -> !line.isEmpty())
        .toList();
  }

  private PackagedService running() {
    return Objects.requireNonNull(service, "not started");
  }

  private URI uri(String path) {
    return URI.create("http://" + running().address() + path);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(20));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String body, String... headers) throws Exception {
    HttpRequest.Builder request =
        request(path)
            .header("Authorization", "Bearer " + ALICE)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return send(request);
  }

  private static String quoted(String text) {
    return JSON.writeValueAsString(text);
  }

  /** A question with a script for the simulator in its first line. */
  private static String question(String script) {
    return "/sim " + script + "\nWhat is a canary-question?";
  }

  private void overHttp() throws Exception {
    String conversation = "/api/conversations/birds";
    var _ =
        post(
            "/api/conversations",
            "{\"id\":\"birds\",\"title\":\"canary-title\",\"system\":\"canary-system\"}");
    HttpResponse<String> said =
        post(
            conversation + "/turns",
            "{\"message\":" + quoted(question("text=\"canary answer\"")) + "}");
    assertThat(said.body()).contains("canary answer");
    String turn = conversation + "/turns/" + JSON.readTree(said.body()).get("id").asString();
    for (String path :
        List.of(
            conversation, turn, turn + "/events", turn + "/context", "/api/models", "/history")) {
      var _ = send(request(path).header("X-API-Key", ALICE));
      // Another may not see it, and whoever has no key may see nothing.
      shown.add(path + ": " + send(request(path).header("X-API-Key", BOB)).body());
      shown.add(path + ": " + send(request(path)).body());
      shown.add(path + ": " + send(request(path).header("X-API-Key", "canary-no-key")).body());
    }
    for (String failure : FAILURES) {
      String text = quoted(question(failure));
      String messages = "{\"messages\":[{\"role\":\"user\",\"content\":" + text + "}]}";
      var _ = post("/api/conversations/failing/turns", "{\"message\":" + text + NATIVE);
      var _ =
          post(
              "/api/conversations/failing/turns",
              "{\"message\":" + text + NATIVE,
              "Accept",
              "text/event-stream",
              "Idempotency-Key",
              "canary-" + failure.hashCode());
      for (String form : List.of("json", "raw", "content", "events")) {
        var _ = post("/chat?format=" + form, messages, "X-Session-ID", form);
      }
      var _ = post("/chat", "{\"prompt\":" + text + "}");
    }
    leave("/chat", "{\"prompt\":" + quoted(question("tokens=1000 rate=20")) + "}");
    leave(conversation + "/turns", "{\"message\":" + quoted(question("tokens=1000 rate=20")) + "}");
    var _ = send(request(conversation).header("X-API-Key", ALICE).DELETE());
  }

  /** Asks, reads a little, and is gone. */
  private void leave(String path, String body) throws IOException {
    URI uri = uri(path);
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      String head =
          "POST %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nAccept: text/event-stream\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
              .formatted(path, ALICE, body.length());
      socket.getOutputStream().write((head + body).getBytes(UTF_8));
      assertThat(socket.getInputStream().readNBytes(200)).hasSize(200);
      socket.setSoLinger(true, 0);
    }
  }

  private void overOpenAi() throws Exception {
    String tools =
        ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"canary_tool\",\"description\":\"canary\",\"parameters\":{\"type\":\"object\"}}}]";
    for (String failure : FAILURES) {
      String body =
          "{\"messages\":[{\"role\":\"system\",\"content\":\"canary-system\"},{\"role\":\"user\",\"content\":"
              + quoted(question(failure))
              + "}]"
              + tools;
      var _ = post("/openai/v1/chat/completions", body + RELAYED);
      var _ = post("/v1/chat/completions", body + ",\"stream\":true" + RELAYED);
    }
    leave(
        "/v1/chat/completions",
        "{\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":"
            + quoted(question("tokens=1000 rate=20"))
            + "}]}");
    var _ = send(request("/v1/models/canary%2Fmodel").header("X-API-Key", ALICE));
  }

  private void unreadable() throws Exception {
    for (String path :
        List.of(
            "/api/conversations",
            "/api/conversations/birds/turns",
            "/chat",
            "/v1/chat/completions",
            "/api/canary",
            "/api/conversations/canary%20id/turns")) {
      for (String body : BROKEN) {
        var _ = post(path, body);
        var _ = post(path, body, "Content-Type", "text/canary");
      }
    }
    String authorized = "Host: x\r\nAuthorization: Bearer " + ALICE + "\r\n";
    for (String head :
        List.of(
            "GET /ws?ticket=canary{} HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET /canary|x HTTP/1.1\r\nHost: x\r\n\r\n",
            "CANARY( / HTTP/1.1\r\nHost: x\r\n\r\n",
            "CANARY /health HTTP/1.1\r\n" + authorized + "\r\n",
            "GET / HTTP/canary\r\nHost: x\r\n\r\n",
            "GET /health HTTP/1.1\r\nHost: canary_[x\r\n\r\n",
            "GET /health HTTP/1.1\r\nHost: x\r\nAuthorization : Bearer " + ALICE + "\r\n\r\n",
            "GET /health HTTP/1.1\r\nHost: x\r\ncanary\r\n\r\n",
            "GET /health HTTP/1.1\r\nHost: x\r\nX-API-Key: canary\0\r\n\r\n",
            "GET /history HTTP/1.1\r\nHost: x\r\nX-API-Key: canary\u0085x\r\n\r\n",
            "GET /history HTTP/1.1\r\n" + authorized + "X-Session-ID: canary\u0085x\r\n\r\n",
            "GET /history HTTP/1.1\r\n"
                + authorized
                + "Cookie: groqchat_session=canary\u00e4; x=\"canary\r\n\r\n",
            "GET /history HTTP/1.1\r\n"
                + authorized
                + "Range: canary\r\nAccept: canary\r\nAccept-Language: canary;q=canary\r\nIf-Modified-Since: canary\r\n\r\n",
            "GET /api/conversations?cursor=canary%zz HTTP/1.1\r\n" + authorized + "\r\n",
            "GET /api/conversations?cursor=canary%01&canary%01=1 HTTP/1.1\r\n"
                + authorized
                + "\r\n",
            "GET /api/conversations/canary;canary=1 HTTP/1.1\r\n" + authorized + "\r\n",
            "GET /api/conversations/..%2fcanary HTTP/1.1\r\n" + authorized + "\r\n",
            "GET /api//canary HTTP/1.1\r\n" + authorized + "\r\n",
            "POST /chat HTTP/1.1\r\n"
                + authorized
                + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\ncanary\r\n",
            "POST /chat HTTP/1.1\r\n"
                + authorized
                + "Content-Type: application/json\r\nContent-Length: 99\r\n\r\n{\"prompt\":\"canary",
            "POST /chat HTTP/1.1\r\n"
                + authorized
                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 12\r\n\r\ncanary=%zz%0",
            "PATCH /api/conversations/birds HTTP/1.1\r\n"
                + authorized
                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 12\r\n\r\ncanary=%zz%0")) {
      String answer = raw(head);
      assertThat(answer).as(head).doesNotStartWith("HTTP/1.1 5");
      if (!answer.startsWith("HTTP/1.1 200")) {
        // What was asked may be named to whoever asks: the method alone is.
        shown.add(answer.replace("CANARY is not supported", ""));
      }
    }
  }

  private String raw(String head) throws IOException {
    URI uri = uri("/");
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(head.getBytes(ISO_8859_1));
      socket.shutdownOutput();
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private void overSockets() throws Exception {
    String ticket = JSON.readTree(post("/api/tickets", "").body()).get("ticket").asString();
    try (Talk talk = new Talk("/ws?ticket=" + ticket)) {
      talk.say(
          "{\"type\":\"send\",\"conversation\":\"birds\",\"message\":\"canary\",\"ref\":\"canary\"}");
      BROKEN.forEach(talk::say);
      talk.say("{\"type\":\"send\",\"conversation\":\"canary canary\",\"message\":\"x\"}");
      talk.say("{\"type\":\"canary\"}");
      FAILURES.forEach(failure ->
          talk.say(
              "{\"type\":\"send\",\"conversation\":\"f"
                  + failure.hashCode()
                  + "\",\"message\":"
                  + quoted(question(failure))
                  + "}"));
      talk.awaitFrames(BROKEN.size() + FAILURES.size());
    }
    try (Talk talk = new Talk("/ws/chat?session_id=birds&canary=canary", "X-API-Key", BOB)) {
      BROKEN.forEach(talk::say);
      FAILURES.forEach(failure -> talk.say("{\"prompt\":" + quoted(question(failure)) + "}"));
      talk.awaitFrames(BROKEN.size() + FAILURES.size());
    }
    // The ticket is used up: its mark is looked for, too.
    running()
        .log()
        .lines()
        .filter(line -> line.contains(ticket))
        .forEach(line -> shown.add("a canary's ticket: " + line));
  }

  private void overSocketIo() throws Exception {
    String path = "/socket.io/?EIO=4&transport=polling&token=" + ALICE;
    String opened = send(request(path)).body();
    String sid = JSON.readTree(opened.substring(1)).get("sid").asString();
    path += "&sid=" + sid;
    var _ = send(packet(path, "40{\"token\":\"" + BOB + "\"}"));
    String greeting = send(request(path)).body();
    String marker = "\"session_id\":\"";
    int begin = greeting.indexOf(marker) + marker.length();
    String session = greeting.substring(begin, greeting.indexOf('"', begin));
    for (String failure : FAILURES) {
      var _ =
          send(
              packet(
                  path,
                  "42[\"user_message\",{\"session_id\":\""
                      + session
                      + "\",\"message\":"
                      + quoted(question(failure))
                      + "}]"));
      String said = send(request(path)).body();
      if (said.contains("Sorry")) {
        shown.add(said);
      }
    }
    for (String nonsense :
        List.of("42[canary", "4canary", "canary", "42{\"canary\":1}", "451-canary")) {
      String other = "/socket.io/?EIO=4&transport=polling&token=canary";
      shown.add(other.replace(MARK, "") + ": " + send(request(other)).body());
      var _ = send(packet(path, nonsense));
      String again = send(request("/socket.io/?EIO=4&transport=polling&token=" + ALICE)).body();
      path =
          "/socket.io/?EIO=4&transport=polling&sid="
              + JSON.readTree(again.substring(1)).get("sid").asString();
      var _ = send(packet(path, "40{\"token\":\"" + ALICE + "\"}"));
    }
  }

  private HttpRequest.Builder packet(String path, String packet) {
    return request(path)
        .header("Content-Type", "text/plain;charset=UTF-8")
        .POST(HttpRequest.BodyPublishers.ofString(packet));
  }

  /** A WebSocket that counts what ends an answer. */
  private final class Talk implements AutoCloseable, WebSocket.Listener {
    private final WebSocket socket;
    private final StringBuilder frame = new StringBuilder();
    private final AtomicInteger ends = new AtomicInteger();

    Talk(String path, String... header) {
      WebSocket.Builder builder = client.newWebSocketBuilder();
      if (header.length > 0) {
        builder.header(header[0], header[1]);
      }
      socket =
          builder
              .buildAsync(URI.create(uri(path).toString().replaceFirst("http", "ws")), this)
              .join();
    }

    void say(String text) {
      var _ = socket.sendText(text, true).join();
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      frame.append(part);
      if (last) {
        String whole = frame.toString();
        if (List.of("\"error\"", "\"finished\"", "\"failed\"", "\"done\"").stream()
            .anyMatch(whole::contains)) {
          ends.incrementAndGet();
        }
        frame.setLength(0);
      }
      from.request(1);
      return null;
    }

    void awaitFrames(int count) throws InterruptedException {
      CountDownLatch tick = new CountDownLatch(1);
      long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (ends.get() < count) {
        assertThat(System.nanoTime()).as("%d of %d", ends.get(), count).isLessThan(deadline);
        boolean _ = tick.await(20, TimeUnit.MILLISECONDS);
      }
    }

    @Override
    public void close() {
      socket.abort();
    }
  }
}
