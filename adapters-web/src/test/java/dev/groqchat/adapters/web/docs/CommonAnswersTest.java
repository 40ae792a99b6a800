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
    "/chat, post, 200 401 400 409 413 415 429 502 503 504",
    "/api/conversations/{conversation}/turns, post, 200 401 400 404 413 415 422 429 502 503 504",
    "/api/conversations, post, 201 401 400 409 413 415 503",
    "/api/conversations/{id}, delete, 204 401 400 404 503",
    "/api/models, get, 200 401",
    "/api/status, get, 200",
    "/health, get, 200",
    "/v1/chat/completions, post, 200 401 400 404 413 415 422 429 502 503 504",
    "/openai/v1/models, get, 200 401",
    "/v1/models/{id}, get, 200 401 404",
    "/metrics, get, 200 406",
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
    assertThat(responses.get("503").get("headers").propertyNames())
        .containsExactly("Retry-After", "X-Request-ID");
  }

  @Test
  void nothingElseIsCounted() {
    assertThat(operations()).filteredOn(it -> it.get("responses").has("429")).hasSize(4);
    assertThat(operations()).filteredOn(it -> it.toString().contains("RateLimit-Limit")).hasSize(4);
  }

  @Test
  void errorsAreDocumentedInTheFormOfTheirSurface() {
    assertThat(responses("/api/conversations", "post").get("409").get("content").propertyNames())
        .containsExactly("application/problem+json");
    assertThat(responses("/history", "get").get("400").get("content").propertyNames())
        .containsExactly("application/json");
    assertThat(responses("/chat", "post").get("429").get("content").propertyNames())
        .containsExactlyInAnyOrder("application/json", "text/event-stream");
  }

  @Test
  void namesAreThoseOnTheWire() {
    JsonNode schemas = site.get("/v3/api-docs").json().get("components").get("schemas");

    assertThat(schemas.get("Ticket").get("properties").propertyNames())
        .containsExactly("ticket", "expires_in");
  }

  @Test
  void whatMayBeMissingAndWhatMayBeNullIsTold() {
    JsonNode schemas = site.get("/v3/api-docs").json().get("components").get("schemas");
    JsonNode conversation = schemas.get("Conversation");

    assertThat(conversation.get("required").values())
        .extracting(JsonNode::stringValue)
        .containsExactlyInAnyOrder("id", "created_at", "updated_at");
    assertThat(conversation.at("/properties/title/type").toString())
        .isEqualTo("[\"string\",\"null\"]");
    assertThat(conversation.at("/properties/next/type").stringValue()).isEqualTo("string");
    assertThat(schemas.at("/Turn/properties/usage/anyOf/1/type").stringValue()).isEqualTo("null");
  }

  @Test
  void keysAreNotNeededEverywhere() {
    assertThat(paths.at("/~1health/get/security").toString()).isEqualTo("[]");
    assertThat(paths.at("/~1chat/post").has("security")).isFalse();
  }

  @Test
  void noDescriptionIsTakenForCode() {
    List<String> descriptions =
        site.get("/v3/api-docs").json().findValues("description").stream()
            .filter(JsonNode::isString)
            .map(JsonNode::stringValue)
            .toList();
    assertThat(descriptions)
        .isNotEmpty()
        .noneMatch(
            it -> it.startsWith(" ") || it.lines().anyMatch(line -> line.startsWith("    ")));
  }

  @Test
  void theRelayTellsOfItsOwnErrorsAndHeaders() {
    JsonNode relay = responses("/v1/chat/completions", "post");
    JsonNode turns = responses("/api/conversations/{conversation}/turns", "post");

    assertThat(relay.at("/404/description").stringValue()).contains("model");
    assertThat(relay.at("/422/description").stringValue()).contains("provider");
    assertThat(turns.at("/404/description").stringValue()).contains("somebody else's");
    assertThat(turns.at("/422/description").stringValue()).contains("Idempotency-Key");
    assertThat(relay.get("413").toString()).contains("20971520");
    assertThat(turns.get("413").toString()).contains("1048576");
    for (String status : List.of("200", "429")) {
      assertThat(relay.get(status).get("headers").propertyNames())
          .contains("x-ratelimit-limit-requests", "x-ratelimit-remaining-requests")
          .contains("x-ratelimit-reset-requests");
    }
    assertThat(relay.get("502").get("headers").propertyNames()).contains("x-should-retry");
    assertThat(relay.get("504").get("headers").propertyNames()).contains("x-should-retry");
    assertThat(relay.get("503").get("headers").propertyNames())
        .containsExactly("Retry-After", "X-Request-ID", "x-should-retry");
    assertThat(relay.get("429").get("headers").propertyNames()).doesNotContain("x-should-retry");
    assertThat(turns.toString()).doesNotContain("x-should-retry", "x-ratelimit");
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
