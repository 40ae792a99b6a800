package dev.groqchat.adapters.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.adapters.web.Answer;
import dev.groqchat.adapters.web.Site;
import dev.groqchat.adapters.web.WithKeys;
import dev.groqchat.application.port.in.Caller;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Who may do what where there are keys. */
@WithKeys
class KeysOverHttpTest {
  private static final String DEFAULT = "Authorization: Bearer " + WithKeys.SECRET;
  private static final String ALICE = "X-API-Key: " + WithKeys.ALICES;
  private static final String BOB = "Authorization: bearer  " + WithKeys.BOBS + " ";

  /** What needs no key: it reaches neither the model nor a conversation. */
  private static final Set<String> OPEN =
      Set.of(
          "HealthController#health",
          "PageController#page",
          "ServiceController#status",
          "ErrorPage#error");

  private final Site site;
  private final Map<RequestMappingInfo, HandlerMethod> routes;

  KeysOverHttpTest(Site site, RequestMappingHandlerMapping requestMappingHandlerMapping) {
    this.site = site;
    this.routes = requestMappingHandlerMapping.getHandlerMethods();
  }

  private Stream<Map.Entry<RequestMappingInfo, HandlerMethod>> ours() {
    return routes.entrySet().stream()
        .filter(it -> it.getValue().getBeanType().getName().startsWith("dev.groqchat."));
  }

  @Test
  void everyRouteAsksWhoIsCallingButThoseNamedHere() {
    Set<String> unasked =
        ours()
            .map(Map.Entry::getValue)
            .filter(method ->
                Arrays.stream(method.getMethodParameters())
                    .noneMatch(it -> it.getParameterType() == Caller.class))
            .map(
                method -> method.getBeanType().getSimpleName() + "#" + method.getMethod().getName())
            .collect(Collectors.toSet());

    assertThat(unasked).isEqualTo(OPEN);
    assertThat(ours().count()).isGreaterThanOrEqualTo(17);
  }

  @Test
  void allOtherRoutesAreTheDocumentations() {
    assertThat(routes.values())
        .extracting(it -> it.getBeanType().getPackageName())
        .allMatch(it -> it.startsWith("dev.groqchat.") || it.startsWith("org.springdoc."));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-None: x",
        "Authorization: Bearer wrong",
        "X-API-Key: wrong",
        "Authorization: Basic dGhlLXNlY3JldA==",
        "Authorization: Bearer ",
        "Authorization: the-secret"
      })
  void withoutAKeyNoRouteThatNeedsOneAnswers(String header) {
    ours()
        .filter(it -> !OPEN.contains(name(it.getValue())))
        .forEach(route ->
            route
                .getKey()
                .getPatternValues()
                .forEach(pattern -> {
                  String method =
                      route.getKey().getMethodsCondition().getMethods().iterator().next().name();
                  String path =
                      pattern.replaceAll("\\{[^}]*}", "0198c0de-0000-7000-8000-000000000001");

                  Answer answer = site.call(method, path, "{}", new String[] {header});

                  assertThat(answer.status()).as(method + " " + path).isEqualTo(401);
                  assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
                  assertThat(answer.cookies()).isEmpty();
                  assertThat(answer.header("X-Request-ID")).isNotEmpty();
                  assertThat(answer.header("Content-Type"))
                      .isEqualTo(
                          path.startsWith("/api/")
                              ? "application/problem+json"
                              : "application/json");
                }));
  }

  private static String name(HandlerMethod method) {
    return method.getBeanType().getSimpleName() + "#" + method.getMethod().getName();
  }

  @Test
  void theAnswerSaysWhatToDo() {
    Answer answer = site.get("/history");

    assertThat(answer.json().get("error").stringValue())
        .isEqualTo("send a valid API key as 'Authorization: Bearer <key>' or 'X-API-Key: <key>'");
    assertThat(answer.json().get("code").intValue()).isEqualTo(401);
    assertThat(answer.json().get("error_type").stringValue()).isEqualTo("unauthorized");
  }

  @Test
  void anErrorThatNoKeyWouldMendNeedsNone() {
    assertThat(site.get("/api/nothing").status()).isEqualTo(404);
    assertThat(site.get("/chat").status()).isEqualTo(405);
  }

  @Test
  void someThingsNeedNoKey() {
    assertThat(site.get("/health").status()).isEqualTo(200);
    assertThat(site.get("/v3/api-docs").status()).isEqualTo(200);
    assertThat(site.get("/api/status").body())
        .isEqualTo("{\"status\":\"ok\",\"version\":\"1.2.3\",\"demo\":true}");
    assertThat(site.get("/api/status", "X-API-Key: wrong").json().has("provider")).isFalse();
    assertThat(site.get("/api/status", ALICE).json().get("provider").stringValue())
        .isEqualTo("fakes");
  }

  static List<String> keys() {
    return List.of(
        DEFAULT,
        ALICE,
        BOB,
        "Authorization: BEARER " + WithKeys.SECRET,
        "X-API-Key: " + WithKeys.SECRET);
  }

  @ParameterizedTest
  @MethodSource("keys")
  void everyWayToSendAKeyIsUnderstood(String header) {
    assertThat(site.get("/api/models", header).status()).isEqualTo(200);
  }

  @Test
  void anotherSchemeLeavesTheOtherHeaderItsSay() {
    assertThat(site.get("/api/models", "Authorization: Basic eDp5", ALICE).status()).isEqualTo(200);
  }

  @Test
  void aKeysOwnConversationIsCalledDefaultAndNeedsNoCookie() {
    String body = "{\"messages\":[{\"role\":\"user\",\"content\":\"of bob\"}],\"stream\":false}";

    Answer answer = site.post("/chat", body, BOB);

    assertThat(answer.header("X-Session-ID")).isEqualTo("default");
    assertThat(answer.cookies()).isEmpty();
    assertThat(site.get("/history", BOB).body()).contains("of bob");
    assertThat(site.get("/history", BOB, "X-Session-ID: default").body()).contains("of bob");
    assertThat(site.get("/history", ALICE).body()).doesNotContain("of bob");
  }

  @Test
  void anErrorCarriesTheKeysSessionToo() {
    Answer answer = site.post("/chat", "{", BOB);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("X-Session-ID")).isEqualTo("default");
  }

  @Test
  void aKeyHasItsConversationsToItself() {
    String id = site.name("conversation");
    String path = "/api/conversations/" + id;
    Answer turn = site.post(path + "/turns", "{\"message\":\"hi\"}", ALICE);

    assertThat(site.get("/api/conversations", ALICE).body()).contains(id);
    assertThat(site.get("/api/conversations", BOB).body()).doesNotContain(id);
    assertThat(turn.cookies()).isEmpty();
    // Ids are per owner: bob's of the same name is another one.
    assertThat(site.post("/api/conversations", "{\"id\":\"" + id + "\"}", BOB).status())
        .isEqualTo(201);
    assertThat(site.get(path, BOB).json().get("turns").size()).isZero();
    assertThat(site.delete(path, BOB).status()).isEqualTo(204);
    assertThat(site.get(path, ALICE).json().get("turns").size()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, ''",
    "PATCH, ''",
    "DELETE, ''",
    "GET, /turns/T",
    "GET, /turns/T/events",
    "HEAD, /turns/T/events",
    "POST, /turns/T/stop",
    "GET, /turns/T/context"
  })
  void anothersConversationDoesNotExist(String method, String what) {
    String path = "/api/conversations/" + site.name("conversation");
    Answer turn = site.post(path + "/turns", "{\"message\":\"hi\"}", ALICE);
    String there = path + what.replace("T", turn.header("X-Turn-ID"));
    String nowhere = "/api/conversations/none" + what.replace("T", turn.header("X-Turn-ID"));

    Answer theirs = site.call(method, there, "{}", new String[] {BOB});

    assertThat(theirs.status()).isEqualTo(404);
    assertThat(withoutId(theirs))
        .isEqualTo(withoutId(site.call(method, nowhere, "{}", new String[] {BOB})));
  }

  private static String withoutId(Answer answer) {
    return answer.body().replace(answer.header("X-Request-ID"), "");
  }

  @Test
  void anothersTurnCannotBeTriedAgain() {
    String path = "/api/conversations/" + site.name("conversation") + "/turns";
    String turn = site.post(path, "{\"message\":\"hi\"}", ALICE).header("X-Turn-ID");

    assertThat(site.post(path, "{\"retry_of\":\"" + turn + "\"}", BOB).status()).isEqualTo(404);
  }
}
