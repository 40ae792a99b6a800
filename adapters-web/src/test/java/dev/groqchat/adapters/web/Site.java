package dev.groqchat.adapters.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.groqchat.application.fixtures.Fakes;
import dev.groqchat.application.fixtures.Script;
import dev.groqchat.application.usecase.UseCases;
import dev.groqchat.domain.turn.Turn;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;

/** The service under test as its clients reach it, and what is behind it. */
public final class Site {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final Fakes fakes;
  private final UseCases useCases;
  private final Map<String, Script> scripts = new ConcurrentHashMap<>();
  private final AtomicInteger names = new AtomicInteger();
  private volatile int port;

  Site(Fakes fakes, UseCases useCases) {
    this.fakes = fakes;
    this.useCases = useCases;
    fakes
        .model()
        .otherwise(question -> {
          String asked = question.messages().getLast().text();
          Script known = scripts.get(asked);
          return known == null ? Script.answers("re: " + asked) : known;
        });
  }

  @EventListener
  void listening(WebServerInitializedEvent event) {
    port = event.getWebServer().getPort();
  }

  public Fakes fakes() {
    return fakes;
  }

  public UseCases useCases() {
    return useCases;
  }

  /** A name that no other test uses. */
  public String name(String kind) {
    return kind + "-" + names.incrementAndGet();
  }

  /** A message which the model answers as scripted. */
  public String asking(Script script) {
    String message = name("question");
    answers(message, script);
    return message;
  }

  /** From now on the model answers a message as scripted. */
  public void answers(String message, Script script) {
    scripts.put(message, script);
  }

  /** Where the service is, as the Host header says it. */
  public String authority() {
    return "localhost:" + port;
  }

  public Wire connect() {
    return new Wire(port);
  }

  public Answer get(String path, String... headers) {
    return call("GET", path, headers);
  }

  public Answer delete(String path, String... headers) {
    return call("DELETE", path, headers);
  }

  /** A request without a body. */
  public Answer call(String method, String path, String... headers) {
    return send(request(path, headers).method(method, BodyPublishers.noBody()));
  }

  /** Posts JSON. */
  public Answer post(String path, String json, String... headers) {
    return call("POST", path, json, headers);
  }

  /** A request with JSON. */
  public Answer call(String method, String path, String json, String[] headers) {
    HttpRequest.Builder request = request(path, headers);
    request.header("Content-Type", "application/json");
    return send(request.method(method, BodyPublishers.ofString(json)));
  }

  public HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).timeout(PATIENCE);
    for (String header : headers) {
      int colon = header.indexOf(": ");
      request.header(header.substring(0, colon), header.substring(colon + 2));
    }
    return request;
  }

  public static Answer send(HttpRequest.Builder request) {
    try {
      return Answer.of(CLIENT.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** The turn in which something was said. */
  public Turn turnAsking(String message) {
    return find(message).orElseThrow();
  }

  private Optional<Turn> find(String message) {
    return fakes.turns().all().stream()
        .filter(turn -> turn.question().message().text().equals(message))
        .findFirst();
  }

  /** Waits for the end of a turn in which something was said, and looks how it ended. */
  public void awaitEnd(String message, String word) {
    until(() -> find(message).map(Turn::hasEnded).orElse(false));
    assertThat(turnAsking(message).state().word()).isEqualTo(word);
  }

  /** Waits for what must come. */
  public static void until(BooleanSupplier condition) {
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(condition::getAsBoolean);
  }
}
