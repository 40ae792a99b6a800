package dev.groqchat.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.simulator.SimulatorConfig;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Whatever is sent as JSON, it is the sender's fault: no 5xx, no silence, in the surface's words.
 */
@Timeout(120)
class NastyJsonTest {
  private static final long SEED = 20_261_120;
  private static final int RANDOM = 20;
  private static final byte[] CONNECT = "40".getBytes(StandardCharsets.UTF_8);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static Service service;

  @BeforeAll
  static void start() {
    service = Service.start(SimulatorConfig.fast(), "MAX_TOKENS=5");
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '`',
      value = {
        "POST /api/conversations {\"id\":@}",
        "POST /api/conversations {\"title\":@}",
        "POST /api/conversations {\"system\":@}",
        "PATCH /api/conversations/nasty {\"title\":@}",
        "PATCH /api/conversations/nasty {\"system\":@}",
        "POST /api/conversations/a/turns {\"message\":@}",
        "POST /api/conversations/a/turns {\"message\":\"hi\",\"model\":@}",
        "POST /api/conversations/a/turns {\"message\":\"hi\",\"temperature\":@}",
        "POST /api/conversations/a/turns {\"message\":\"hi\",\"max_tokens\":@}",
        "POST /api/conversations/a/turns {\"message\":\"hi\",\"on_disconnect\":@}",
        "POST /api/conversations/a/turns {\"message\":\"hi\",\"retry_of\":@}",
        "POST /chat?format=json {\"messages\":@}",
        "POST /chat?format=json {\"messages\":[@]}",
        "POST /chat?format=json {\"messages\":[{\"role\":\"user\",\"content\":@}]}",
        "POST /chat?format=raw {\"messages\":[{\"role\":@,\"content\":\"hi\"}]}",
        "POST /chat?format=content {\"messages\":[{\"role\":\"user\",\"content\":@}]}",
        "POST /chat?format=events {\"prompt\":@}",
        "POST /chat {\"prompt\":\"hi\",\"stream\":@}",
        "POST /chat {\"prompt\":\"hi\",\"temperature\":@}",
        "POST /v1/chat/completions {\"messages\":@}",
        "POST /v1/chat/completions {\"messages\":[{\"role\":@,\"content\":\"hi\"}]}",
        "POST /v1/chat/completions {\"messages\":[{\"role\":\"user\",\"content\":@}]}",
        "POST /openai/v1/chat/completions {\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"stream\":@}",
        "POST /v1/chat/completions {\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"model\":@}",
        "POST /v1/chat/completions {\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"temperature\":@}",
        "POST /v1/chat/completions {\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"n\":@}",
        "POST /v1/chat/completions {\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"max_tokens\":@}",
        "POST /v1/chat/completions {\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"tools\":@}",
        "POST /v1/chat/completions {\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"user\":@}",
      })
  void isRefusedOverHttp(String method, String path, String pattern) throws Exception {
    List<String> wrong = new ArrayList<>();
    for (NastyJson.Sample sample : NastyJson.broken(pattern)) {
      judge(sample, send(method, path, sample), 400, path, wrong);
    }
    for (NastyJson.Sample sample : NastyJson.miscoded(pattern)) {
      judge(sample, send(method, path, sample), 400, path, wrong);
    }
    for (NastyJson.Sample sample : NastyJson.odd(pattern)) {
      judge(sample, send(method, path, sample), 200, path, wrong);
    }
    for (NastyJson.Sample sample : NastyJson.random(pattern, RANDOM, new Random(SEED))) {
      judge(sample, send(method, path, sample), 200, path, wrong);
    }
    assertThat(wrong).isEmpty();
  }

  private static HttpResponse<String> send(String method, String path, NastyJson.Sample sample)
      throws Exception {
    return service.send(
        service
            .request(path, Map.of("Content-Type", "application/json"))
            .method(method, HttpRequest.BodyPublishers.ofByteArray(sample.body()))
            .timeout(PATIENCE)
            .build());
  }

  private static void judge(
      NastyJson.Sample sample,
      HttpResponse<String> answer,
      int least,
      String path,
      List<String> wrong) {
    int status = answer.statusCode();
    boolean refusedByProvider = least < 400 && answer.body().contains("model-refused");
    boolean ours = status >= 500 && !refusedByProvider;
    if (status < least || ours || (status >= 400 && !clear(answer, path))) {
      String body = answer.body();
      wrong.add(sample + ": " + status + " " + body.substring(0, Math.min(300, body.length())));
    }
  }

  /** Whether an answer is an error in the form of its surface. */
  private static boolean clear(HttpResponse<String> answer, String path) {
    String type = answer.headers().firstValue("Content-Type").orElse("");
    if (type.startsWith("text/event-stream")) {
      return answer.body().startsWith("data: {\"type\":\"error\",");
    }
    JsonNode error = Service.json(answer);
    if (path.startsWith("/api")) {
      return type.equals("application/problem+json")
          && error.path("status").asInt() == answer.statusCode();
    }
    return path.startsWith("/chat")
        ? error.path("code").asInt() == answer.statusCode()
        : error.path("error").path("message").isString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":@}",
        "{\"type\":\"send\",\"conversation\":@,\"message\":\"hi\"}",
        "{\"type\":\"send\",\"conversation\":\"a\",\"message\":@}",
        "{\"type\":\"send\",\"conversation\":\"a\",\"message\":\"hi\",\"ref\":@}",
        "{\"type\":\"send\",\"conversation\":\"a\",\"message\":\"hi\",\"temperature\":@}",
        "{\"type\":\"follow\",\"turn\":@}",
        "{\"type\":\"follow\",\"turn\":\"0198f2a0-0000-7000-8000-000000000000\",\"after\":@}",
        "{\"type\":\"stop\",\"turn\":@}",
      })
  void isRefusedInAFrameOfTheNativeSocketWhichSurvives(String pattern) throws Exception {
    try (RawSocket socket = RawSocket.open(service.uri("/ws"))) {
      for (NastyJson.Sample sample : NastyJson.broken(pattern)) {
        socket.say(sample.text());
        assertThat(socket.next()).as("%s", sample).startsWith("{\"type\":\"error\"");
      }
      for (NastyJson.Sample sample : NastyJson.odd(pattern)) {
        socket.say(sample.text());
      }
      for (NastyJson.Sample sample : NastyJson.random(pattern, RANDOM, new Random(SEED))) {
        socket.say(sample.text());
      }
      socket.say("{\"type\":\"ping\",\"ref\":\"alive\"}");
      String frame = socket.next();
      while (!frame.contains("\"pong\"") || !frame.contains("alive")) {
        assertThat(frame).doesNotContain("problem:internal");
        frame = socket.next();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"prompt\":@}",
        "{\"messages\":[{\"role\":\"user\",\"content\":@}]}",
        "{\"messages\":[@],\"stream\":false}",
        "{\"prompt\":\"hi\",\"stream\":@}",
      })
  void isRefusedInAFrameOfTheClassicSocketWhichSurvives(String pattern) throws Exception {
    try (RawSocket socket = RawSocket.open(service.uri("/ws/chat?session_id=nasty"))) {
      List<NastyJson.Sample> all = new ArrayList<>(NastyJson.broken(pattern));
      all.addAll(NastyJson.odd(pattern));
      all.addAll(NastyJson.random(pattern, RANDOM, new Random(SEED)));
      for (NastyJson.Sample sample : all) {
        socket.say(sample.text());
        String frame = socket.next();
        while (frame.startsWith("{\"token\"")) {
          frame = socket.next();
        }
        assertThat(frame)
            .as("%s", sample)
            .doesNotContain("internal error")
            .containsAnyOf("\"type\":\"error\"", "{\"done\":\"true\"}", "\"type\":\"chat\"");
      }
    }
  }

  /** Socket.IO ends a connection that sends what is no packet; the service goes on. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "42[\"user_message\",@]",
        "42[\"user_message\",{\"session_id\":\"s\",\"message\":@}]",
        "42[\"user_message\",{\"session_id\":@,\"message\":\"hi\"}]",
        "40{\"token\":@}",
        "42@",
        "4@",
        "@",
        "451-[\"user_message\",@]",
        "42/nasty,[@]",
      })
  void isNoTroubleInAPacketOfSocketIo(String pattern) throws Exception {
    List<NastyJson.Sample> all = new ArrayList<>(NastyJson.broken(pattern));
    all.addAll(NastyJson.miscoded(pattern));
    all.addAll(NastyJson.odd(pattern));
    all.addAll(NastyJson.random(pattern, RANDOM, new Random(SEED)));
    for (NastyJson.Sample sample : all) {
      String address = handshake();
      HttpResponse<String> connected = post(address, CONNECT);
      assertThat(connected.statusCode()).isEqualTo(200);
      assertThat(post(address, sample.body()).statusCode()).as("%s", sample).isLessThan(500);
    }
    String address = handshake();
    var _ = post(address, CONNECT);
    assertThat(service.get(address, Map.of()).body()).startsWith("40{\"sid\"");
  }

  /** The address of a new connection. */
  private static String handshake() throws Exception {
    String path = "/socket.io/?EIO=4&transport=polling";
    String opened = service.get(path, Map.of()).body();
    return path + "&sid=" + Service.JSON.readTree(opened.substring(1)).get("sid").asString();
  }

  private static HttpResponse<String> post(String path, byte[] body) throws Exception {
    return service.send(
        service
            .request(path, Map.of("Content-Type", "text/plain;charset=UTF-8"))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .timeout(PATIENCE)
            .build());
  }
}
