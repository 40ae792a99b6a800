package dev.groqchat.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.bootstrap.Specification.Operation;
import dev.groqchat.simulator.SimulatorConfig;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;

/** {@code openapi.yaml} is what the service says of itself, and the service does what it says. */
class OpenApiTest {
  private static final Path FILE = Path.of("..", "openapi.yaml");
  private static final String REWRITE =
      "mvn test -pl bootstrap -am -Dtest=OpenApiTest -Dsurefire.failIfNoSpecifiedTests=false -Dopenapi.write";

  private static Service service;
  private static Specification specification;

  @BeforeAll
  static void start() throws Exception {
    service = Service.start(SimulatorConfig.fast());
    specification = new Specification(Service.json(service.get("/v3/api-docs", Map.of())));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void theFileIsWhatTheServiceSays() throws Exception {
    String said = service.get("/v3/api-docs.yaml", Map.of()).body();
    if (System.getProperty("openapi.write") != null) {
      Files.writeString(FILE, said);
    }
    assertThat(Files.readString(FILE))
        .as(
            "openapi.yaml is not what the service says of its API any more; to write it anew: "
                + REWRITE)
        .isEqualTo(said);
  }

  @Test
  void isTheSameAsJsonAndAsYaml() throws Exception {
    Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
    Object parsed = yaml.load(service.get("/v3/api-docs.yaml", Map.of()).body());

    JsonNode said = Service.JSON.valueToTree(parsed);

    assertThat(said.get("paths").propertyNames())
        .containsExactlyElementsOf(specification.document().get("paths").propertyNames());
    assertThat(said.at("/components/schemas"))
        .isEqualTo(specification.document().at("/components/schemas"));
  }

  @Test
  void isValid() {
    specification.assertValid();
  }

  @Test
  void itsAnswersShowWhatTheyDescribe() {
    for (Operation operation : specification.operations()) {
      operation
          .responses()
          .forEach((status, response) ->
              response
                  .path("content")
                  .forEachEntry((type, content) -> {
                    if (content.has("example")) {
                      specification.assertConforms(content.get("schema"), content.get("example"));
                    }
                    content
                        .path("examples")
                        .forEach(it ->
                            specification.assertConforms(content.get("schema"), it.get("value")));
                  }));
    }
  }

  /** From the first turn, which the others look at, to what deletes it all. */
  @TestFactory
  Stream<DynamicTest> everyExampleWorks() {
    List<Example> examples =
        specification.operations().stream()
            .sorted(Comparator.comparingInt(OpenApiTest::moment))
            .flatMap(it -> Example.of(it).stream())
            .toList();
    assertThat(examples).extracting(Example::operation).containsAll(specification.operations());
    return examples.stream().map(it -> DynamicTest.dynamicTest(it.toString(), () -> works(it)));
  }

  private static int moment(Operation operation) {
    if (operation.path().endsWith("/turns")) {
      return 0;
    }
    return operation.method().equals("DELETE") ? 2 : 1;
  }

  private static void works(Example example) throws Exception {
    HttpResponse<String> answer = service.send(example.request(service.uri("/")));

    String status = Integer.toString(answer.statusCode());
    assertThat(status).as(answer.body()).startsWith("2");
    assertThat(example.operation().responses()).containsKey(status);
    JsonNode documented = example.operation().json().at("/responses/" + status);
    documented
        .path("headers")
        .forEachEntry((name, header) -> {
          if (header.path("required").asBoolean(false)) {
            assertThat(answer.headers().firstValue(name)).as(name).isPresent();
          }
        });
    if (!documented.has("content")) {
      assertThat(answer.body()).isEmpty();
      return;
    }
    String type = answer.headers().firstValue("Content-Type").orElseThrow().replaceAll(";.*", "");
    assertThat(documented.get("content").propertyNames()).contains(type);
    JsonNode value =
        type.equals("application/json")
            ? Service.json(answer)
            : Service.JSON.valueToTree(answer.body());
    specification.assertConforms(documented.get("content").get(type).get("schema"), value);
  }
}
