package dev.groqchat.acceptance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The native API, as a careful client of it would use it. Thread-safe. */
final class Chat {
  private static final JsonMapper JSON = new JsonMapper();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private final String address;

  Chat(String address) {
    this.address = address;
  }

  /** An answer: its status and its JSON. */
  record Answer(int status, JsonNode body) {
    String text(String field) {
      return body.path(field).asString("");
    }
  }

  Answer get(String path) throws IOException, InterruptedException {
    return answer(request(path).build());
  }

  Answer post(String path, Map<String, String> body, @Nullable String key)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = request(path).POST(json(body));
    if (key != null) {
      request.header("Idempotency-Key", key);
    }
    return answer(request.build());
  }

  /** The status of a DELETE. */
  int delete(String path) throws IOException, InterruptedException {
    return answer(request(path).DELETE().build()).status();
  }

  private static Answer answer(HttpRequest request) throws IOException, InterruptedException {
    var answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    boolean json = answer.headers().firstValue("Content-Type").orElse("").contains("json");
    return new Answer(answer.statusCode(), JSON.readTree(json ? answer.body() : "{}"));
  }

  /** Starts a turn and reads its events. */
  Events start(String conversation, Map<String, String> body, String key)
      throws IOException, InterruptedException {
    return events(
        request("/api/conversations/" + conversation + "/turns")
            .header("Accept", "text/event-stream")
            .header("Idempotency-Key", key)
            .POST(json(body))
            .build());
  }

  /** Follows a turn from an event on. */
  Events follow(String conversation, String turn, long after)
      throws IOException, InterruptedException {
    return events(
        request("/api/conversations/" + conversation + "/turns/" + turn + "/events")
            .header("Last-Event-ID", Long.toString(after))
            .build());
  }

  private static Events events(HttpRequest request) throws IOException, InterruptedException {
    var answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofInputStream());
    if (answer.statusCode() != 200) {
      answer.body().close();
      throw new IOException("status " + answer.statusCode());
    }
    return new Events(answer.headers().firstValue("X-Turn-ID").orElse(""), answer.body());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address + path))
        .timeout(Duration.ofSeconds(90))
        .header("Content-Type", "application/json");
  }

  private static HttpRequest.BodyPublisher json(Map<String, String> body) {
    return HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body));
  }

  /** A stream of events, read by one thread. */
  static final class Events implements AutoCloseable {
    private final String turn;
    private final BufferedReader lines;

    private Events(String turn, InputStream body) {
      this.turn = turn;
      this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }

    String turn() {
      return turn;
    }

    /**
     * The next event; null at the end of the stream.
     *
     * @throws IOException if the stream breaks off
     */
    @Nullable Event next() throws IOException {
      String name = "";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("event: ")) {
          name = line.substring("event: ".length());
        } else if (line.startsWith("data: ")) {
          return new Event(name, JSON.readTree(line.substring("data: ".length())));
        }
      }
      return null;
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }

  /** One event of a turn. */
  record Event(String name, JsonNode data) {
    long seq() {
      return data.path("seq").asLong();
    }

    String text() {
      return data.path("text").asString("");
    }

    boolean ending() {
      return switch (name) {
        case "finished", "stopped", "failed" -> true;
        default -> false;
      };
    }
  }
}
