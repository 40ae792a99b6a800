package dev.groqchat.adapters.web.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.adapters.web.OverHttp;
import dev.groqchat.adapters.web.Site;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What the documentation says of errors and headers. */
@OverHttp
class CommonAnswersTest {
  private static final List<String> LIMITS =
      List.of("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset");

  private final Site site;
  private JsonNode paths;

  CommonAnswersTest(Site site) {
    this.site = site;
  }

  @BeforeEach
  void read() {
    paths = site.get("/v3/api-docs").json().get("paths");
  }

  private List<JsonNode> operations() {
    List<JsonNode> operations = new ArrayList<>();
    paths.forEach(path -> path.forEach(operations::add));
    return operations;
  }

  private JsonNode responses(String path, String method) {
    return paths.get(path).get(method).get("responses");
  }

  @ParameterizedTest
  @CsvSource({
    "/chat, post, 200 401 400 413 429 502 503 504",
    "/api/conversations/{conversation}/turns, post, 200 401 400 404 413 422 429 502 503 504",
    "/api/conversations, post, 201 401 400 409 413 503",
    "/api/conversations/{id}, delete, 204 401 404 503",
    "/api/models, get, 200 401",
    "/api/status, get, 200",
    "/health, get, 200",
    "/v1/chat/completions, post, 200 401 400 404 413 422 429 502 503 504",
    "/openai/v1/models, get, 200 401",
  })
  void everyOperationNamesItsErrors(String path, String method, String statuses) {
    assertThat(responses(path, method).propertyNames())
        .containsExactlyInAnyOrder(statuses.split(" ", -1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/chat", "/api/conversations/{conversation}/turns"})
  void whatStartsWorkTellsOfLimitsAndReuse(String path) {
    JsonNode responses = responses(path, "post");

    assertThat(responses.get("200").get("headers").propertyNames())
        .containsAll(LIMITS)
        .contains("X-Cache");
    assertThat(responses.get("429").get("headers").propertyNames())
        .containsAll(LIMITS)
        .contains("Retry-After");
    assertThat(responses.get("503").get("headers").propertyNames()).containsExactly("Retry-After");
  }

  @Test
  void nothingElseIsCounted() {
    assertThat(operations()).filteredOn(it -> it.get("responses").has("429")).hasSize(4);
    assertThat(operations()).filteredOn(it -> it.toString().contains("RateLimit-Limit")).hasSize(4);
  }

  @Test
  void everyAnswerIsDescribed() {
    assertThat(operations())
        .isNotEmpty()
        .allSatisfy(operation ->
            assertThat(operation.get("responses"))
                .allSatisfy(it -> assertThat(it.get("description").stringValue()).isNotBlank()));
  }
}
