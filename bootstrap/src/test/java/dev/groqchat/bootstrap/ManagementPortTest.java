package dev.groqchat.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.simulator.SimulatorConfig;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is for operators can have a port of its own, and what is for nobody has none. */
class ManagementPortTest {
  private static Service service;
  private static Service one;

  @BeforeAll
  static void start() {
    service = Service.start(SimulatorConfig.fast(), "MANAGEMENT_PORT=0");
    one = Service.start(SimulatorConfig.fast());
  }

  @AfterAll
  static void stop() {
    service.close();
    one.close();
  }

  private static int there(String path) throws Exception {
    String port = service.context().getEnvironment().getRequiredProperty("local.management.port");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }

  private static int here(Service asked, String path) throws Exception {
    return asked.get(path, Map.of()).statusCode();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/metrics",
        "/actuator/health",
        "/actuator/health/liveness",
        "/actuator/health/readiness",
        "/actuator/info",
      })
  void metricsAndProbesMove(String path) throws Exception {
    assertThat(here(service, path)).isEqualTo(404);
    assertThat(there(path)).isEqualTo(200);
    assertThat(here(one, path)).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/health",
        "/history",
        "/api/status",
        "/api/models",
        "/v1/models",
        "/v3/api-docs",
        "/swagger-ui.html",
      })
  void nothingElseDoes(String path) throws Exception {
    assertThat(here(service, path)).isLessThan(400);
    assertThat(there(path)).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "beans", "caches", "conditions", "configprops", "env", "heapdump", "httpexchanges",
        "loggers", "mappings", "prometheus", "scheduledtasks", "shutdown", "startup", "threaddump",
      })
  void allElseOfTheActuatorsIsNowhere(String endpoint) throws Exception {
    for (String root : new String[] {"/actuator/", "/", "/manage/"}) {
      assertThat(here(service, root + endpoint)).as(root).isEqualTo(404);
      assertThat(here(one, root + endpoint)).as(root).isEqualTo(404);
      assertThat(there(root + endpoint)).as(root).isEqualTo(404);
    }
  }
}
