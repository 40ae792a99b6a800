package dev.groqchat.adapters.web.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.groqchat.adapters.web.Doorkeeper;
import dev.groqchat.adapters.web.TestService;
import dev.groqchat.application.fixtures.Fakes;
import dev.groqchat.application.fixtures.Script;
import dev.groqchat.application.usecase.UseCases;
import dev.groqchat.domain.turn.Turn;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The surfaces on a free port, over real use cases and fakes. To be closed. */
final class Service implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ConfigurableApplicationContext context;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<String, Script> scripts = new ConcurrentHashMap<>();

  private Service(ConfigurableApplicationContext context) {
    this.context = context;
    fakes()
        .model()
        .otherwise(question -> {
          String asked = question.messages().getLast().text();
          Script known = scripts.get(asked);
          return known == null ? Script.answers("re: ", asked) : known;
        });
  }

  /** Starts it; settings are {@code name=value}. */
  static Service start(String... settings) {
    return start(List.of(), settings);
  }

  /** Starts it with more beans than it has. */
  static Service start(List<Class<?>> more, String... settings) {
    String[] arguments =
        Stream.concat(Stream.of("server.port=0"), Stream.of(settings))
            .map("--"::concat)
            .toArray(String[]::new);
    Class<?>[] sources =
        Stream.concat(Stream.of(TestService.class), more.stream()).toArray(Class<?>[]::new);
    return new Service(new SpringApplication(sources).run(arguments));
  }

  Fakes fakes() {
    return context.getBean(Fakes.class);
  }

  Doorkeeper doorkeeper() {
    return context.getBean(Doorkeeper.class);
  }

  UseCases useCases() {
    return context.getBean(UseCases.class);
  }

  int sockets() {
    return context.getBean(Sockets.class).size();
  }

  int port() {
    return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
  }

  /** From now on the model answers a message as scripted. */
  void answers(String message, Script script) {
    scripts.put(message, script);
  }

  HttpResponse<String> post(String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port() + path))
            .POST(HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  Client.Opening open(String path) {
    return new Client.Opening(client, URI.create("ws://localhost:" + port() + path));
  }

  /** Opens a native socket. */
  Client talk() {
    return open("/ws").connect();
  }

  Turn turnAsking(String message) {
    return fakes().turns().all().stream()
        .filter(turn -> turn.question().message().text().equals(message))
        .findFirst()
        .orElseThrow();
  }

  /** Waits for a turn to end in a way. */
  void awaitEnd(String message, String word) {
    until(() -> turnAsking(message).hasEnded());
    assertThat(turnAsking(message).state().word()).isEqualTo(word);
  }

  /** Waits until nothing of any client is left. */
  void awaitQuiet() {
    until(() -> sockets() == 0 && fakes().journal().followings() == 0);
  }

  static void until(Callable<Boolean> condition) {
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).ignoreExceptions().until(condition);
  }

  @Override
  public void close() {
    context.close();
    client.close();
  }
}
