package dev.groqchat.bootstrap;

import dev.groqchat.simulator.Simulator;
import dev.groqchat.simulator.SimulatorConfig;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole service on a free port, in front of a simulator of its own, and a client for it. */
final class Service implements AutoCloseable {
  static final JsonMapper JSON = JsonMapper.builder().build();

  private final @Nullable Simulator simulator;
  private final ConfigurableApplicationContext context;
  private final HttpClient client = HttpClient.newHttpClient();

  private Service(@Nullable Simulator simulator, ConfigurableApplicationContext context) {
    this.simulator = simulator;
    this.context = context;
  }

  /**
   * Starts both; settings are {@code name=value}, with the names that people set. Unless they say
   * otherwise, tests may ask as much and as often the same as they like.
   */
  static Service start(SimulatorConfig config, String... settings) {
    Simulator simulator = Simulator.start(config);
    List<String> all = new ArrayList<>(List.of("RATE_LIMIT=0", "CACHE_TTL=0"));
    for (String setting : settings) {
      String name = setting.substring(0, setting.indexOf('=') + 1);
      all.removeIf(it -> it.startsWith(name));
      all.add(setting);
    }
    all.add("GROQ_API_KEY=test-key");
    all.add("GROQ_BASE_URL=" + simulator.baseUrl());
    return new Service(simulator, run(all));
  }

  /** Starts it as {@code mvn} does: without a key it brings its own simulator. */
  static Service demo() {
    return new Service(null, run(List.of("groqchat.demo-without-key=true")));
  }

  private static ConfigurableApplicationContext run(List<String> settings) {
    String[] arguments =
        Stream.concat(Stream.of("PORT=0"), settings.stream())
            .map("--"::concat)
            .toArray(String[]::new);
    return new SpringApplication(GroqChatApplication.class).run(arguments);
  }

  Simulator simulator() {
    return Objects.requireNonNull(simulator, "the demo's is its own");
  }

  ConfigurableApplicationContext context() {
    return context;
  }

  URI uri(String path) {
    String port = context.getEnvironment().getRequiredProperty("local.server.port");
    return URI.create("http://localhost:" + port + path);
  }

  HttpRequest.Builder request(String path, Map<String, String> headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
    headers.forEach(request::header);
    return request;
  }

  HttpResponse<String> get(String path, Map<String, String> headers) throws Exception {
    return client.send(request(path, headers).build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> post(String path, String json, Map<String, String> headers)
      throws Exception {
    HttpRequest request =
        request(path, headers)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> send(HttpRequest request) throws Exception {
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** The answer's body as JSON. */
  static JsonNode json(HttpResponse<String> response) {
    return JSON.readTree(response.body());
  }

  @Override
  public void close() {
    client.close();
    context.close();
    if (simulator != null) {
      simulator.close();
    }
  }
}
