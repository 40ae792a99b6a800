package dev.groqchat.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.simulator.SimulatorConfig;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * What is another's behaves as if it did not exist, on every route there is. A route that is not
 * spoken of here fails.
 */
class OwnersTest {
  private static final String SECRET = "ultramarine-secret";
  private static final String THEIRS = "of-alice";
  private static final String NOBODYS = "of-nobody";
  private static final String NO_TURN = "0198f2a0-0000-7000-8000-000000000000";
  private static final String TURN = "/api/conversations/{conversation}/turns/{turn}";

  /** Tell the same to everybody, or to everybody with a key. */
  private static final Set<String> SAME_FOR_ALL =
      Set.of(
          "GET /",
          "GET /web",
          "GET /health",
          "GET /api/models",
          "GET /api/status",
          "GET /v1/models",
          "GET /v1/models/{*id}",
          "GET /openai/v1/models",
          "GET /openai/v1/models/{*id}",
          "GET /swagger-ui.html",
          "GET /v3/api-docs",
          "GET /v3/api-docs.yaml",
          "GET /v3/api-docs/swagger-config",
          "ANY /error");

  /** Have tests of their own below. */
  private static final Set<String> OWN_TESTS =
      Set.of(
          "POST /api/conversations",
          "GET /api/conversations",
          "POST /api/conversations/{conversation}/turns",
          "POST /api/tickets",
          "POST /chat",
          "GET /history",
          "DELETE /history",
          "POST /v1/chat/completions",
          "POST /openai/v1/chat/completions",
          "ANY /ws",
          "ANY /ws/chat",
          "ANY /chat",
          "ANY /socket.io",
          "ANY /socket.io/");

  /** Name what they ask for in their path: a body, if they take one. */
  private static final Map<String, String> BY_PATH =
      Map.of(
          "GET /api/conversations/{id}",
          "",
          "PATCH /api/conversations/{id}",
          "{\"title\":\"taken\"}",
          "DELETE /api/conversations/{id}",
          "",
          "GET " + TURN,
          "",
          "GET " + TURN + "/events",
          "",
          "HEAD " + TURN + "/events",
          "",
          "POST " + TURN + "/stop",
          "",
          "GET " + TURN + "/context",
          "");

  private static Service service;
  private static String turn;

  @BeforeAll
  static void start() throws Exception {
    service =
        Service.start(
            SimulatorConfig.fast(), "API_KEYS=alice:alices-key,bob:bobs-key", "CACHE_TTL=5m");
    HttpResponse<String> said =
        service.post(
            "/api/conversations/" + THEIRS + "/turns",
            "{\"message\":\"" + SECRET + "\"}",
            as("alice", "Idempotency-Key", "one"));
    assertThat(said.statusCode()).isEqualTo(200);
    turn = Service.json(said).get("id").asString();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static Map<String, String> as(String owner, String... headers) {
    Map<String, String> all = new HashMap<>(Map.of("X-API-Key", owner + "s-key"));
    for (int i = 0; i < headers.length; i += 2) {
      all.put(headers[i], headers[i + 1]);
    }
    return all;
  }

  @Test
  void everyRouteIsSpokenOfHere() {
    Set<String> routes = new TreeSet<>();
    service
        .context()
        .getBeansOfType(RequestMappingHandlerMapping.class)
        .values()
        .forEach(mapping ->
            mapping.getHandlerMethods().keySet().forEach(info -> routes.addAll(routes(info))));
    service
        .context()
        .getBeansOfType(AbstractUrlHandlerMapping.class)
        .values()
        .forEach(
            mapping -> mapping.getHandlerMap().keySet().forEach(path -> routes.add("ANY " + path)));
    routes.removeIf(route -> route.endsWith("/**") || route.contains("swagger-ui/"));

    Set<String> known = new TreeSet<>(SAME_FOR_ALL);
    known.addAll(OWN_TESTS);
    known.addAll(BY_PATH.keySet());
    assertThat(routes).isEqualTo(known);
  }

  private static List<String> routes(RequestMappingInfo info) {
    Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
    return info.getPatternValues().stream()
        .flatMap(path ->
            methods.isEmpty()
                ? Stream.of("ANY " + path)
                : methods.stream().map(method -> method + " " + path))
        .toList();
  }

  static Set<String> byPath() {
    return BY_PATH.keySet();
  }

  @ParameterizedTest
  @MethodSource("byPath")
  void whatIsAnothersIsAnsweredAsIfItWereNot(String route) throws Exception {
    HttpResponse<String> theirs = ask(route, "bob", THEIRS, turn);

    assertThat(theirs.statusCode()).isEqualTo(404);
    assertThat(theirs.body()).doesNotContain(SECRET);
    assertThat(plain(theirs)).isEqualTo(plain(ask(route, "bob", NOBODYS, NO_TURN)));
    if (route.startsWith("GET")) {
      assertThat(ask(route, "alice", THEIRS, turn).statusCode()).isEqualTo(200);
    }
    assertThat(ask("GET /api/conversations/{id}", "alice", THEIRS, turn).body())
        .contains(SECRET)
        .doesNotContain("taken");
  }

  /** A turn's id opens nothing in a conversation of one's own, either. */
  @ParameterizedTest
  @MethodSource("byPath")
  void noTurnIsReachedThroughAConversationOfOnesOwn(String route) throws Exception {
    if (route.contains("{turn}")) {
      var _ = service.post("/api/conversations", "{\"id\":\"of-bob\"}", as("bob"));
      assertThat(ask(route, "bob", "of-bob", turn).statusCode()).isEqualTo(404);
    }
  }

  @ParameterizedTest
  @MethodSource("byPath")
  void withoutAKeyNothingIsSaidAtAll(String route) throws Exception {
    assertThat(ask(route, "nobody", THEIRS, turn).statusCode()).isEqualTo(401);
    assertThat(plain(ask(route, "nobody", THEIRS, turn)))
        .isEqualTo(plain(ask(route, "nobody", NOBODYS, NO_TURN)));
  }

  private static HttpResponse<String> ask(
      String route, String owner, String conversation, String id) throws Exception {
    String[] parts = route.split(" ", -1);
    String path =
        parts[1]
            .replace("{id}", conversation)
            .replace("{conversation}", conversation)
            .replace("{turn}", id);
    return service.send(
        service
            .request(path, as(owner, "Content-Type", "application/json"))
            .method(parts[0], HttpRequest.BodyPublishers.ofString(BY_PATH.get(route)))
            .build());
  }

  /** An answer without what differs between any two. */
  private static String plain(HttpResponse<String> answer) {
    return answer
        .body()
        .replaceAll("[0-9a-f-]{36}", "<id>")
        .replaceAll(THEIRS + "|" + NOBODYS, "<conversation>");
  }

  @Test
  void aListShowsOnesOwnAndItsCursorOpensNothingElse() throws Exception {
    for (String id : List.of("x1", "x2", "x3")) {
      var _ = service.post("/api/conversations", "{\"id\":\"" + id + "\"}", as("alice"));
    }
    HttpResponse<String> first = service.get("/api/conversations?limit=2", as("alice"));
    String cursor = Service.json(first).get("next").asString();

    assertThat(service.get("/api/conversations", as("bob")).body())
        .doesNotContain(SECRET, THEIRS, "\"x1\"");
    assertThat(service.get("/api/conversations?cursor=" + cursor, as("bob")).body())
        .doesNotContain(SECRET, THEIRS, "\"x1\"", "\"x2\"", "\"x3\"");
  }

  @Test
  void whoUsesTheSameIdHasAConversationOfHisOwn() throws Exception {
    HttpResponse<String> created =
        service.post("/api/conversations", "{\"id\":\"" + THEIRS + "\"}", as("carl-is-none"));
    assertThat(created.statusCode()).isEqualTo(401);
    HttpResponse<String> said =
        service.post("/api/conversations/shared-name/turns", say("of alice"), as("alice"));
    HttpResponse<String> others =
        service.post("/api/conversations/shared-name/turns", say("of bob"), as("bob"));

    String context =
        "/api/conversations/shared-name/turns/"
            + Service.json(others).get("id").asString()
            + "/context";
    assertThat(service.get(context, as("bob")).body())
        .contains("of bob")
        .doesNotContain("of alice");
    assertThat(service.get("/api/conversations/shared-name", as("bob")).body())
        .doesNotContain("of alice");
    assertThat(
            service
                .post(
                    "/api/conversations/shared-name/turns",
                    "{\"retry_of\":\"" + Service.json(said).get("id").asString() + "\"}",
                    as("bob"))
                .statusCode())
        .isEqualTo(404);
  }

  private static String say(String message) {
    return "{\"message\":\"" + message + "\"}";
  }

  @Test
  void anIdempotencyKeyIsItsOwners() throws Exception {
    HttpResponse<String> again =
        service.post(
            "/api/conversations/" + THEIRS + "-not/turns",
            say("something else"),
            as("bob", "Idempotency-Key", "one"));

    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.body()).doesNotContain(SECRET, turn);
  }

  @Test
  void theClassicSessionsAreTheKeyHolders() throws Exception {
    Map<String, String> session = as("alice", "X-Session-ID", "mine");
    String body =
        "{\"stream\":false,\"messages\":[{\"role\":\"user\",\"content\":\""
            + SECRET
            + " classic\"}]}";
    assertThat(service.post("/chat", body, session).statusCode()).isEqualTo(200);
    assertThat(service.post("/chat", body, as("alice")).statusCode()).isEqualTo(200);

    for (Map<String, String> bobs : List.of(as("bob", "X-Session-ID", "mine"), as("bob"))) {
      assertThat(service.get("/history", bobs).body()).isEqualTo("[]");
      HttpRequest delete = service.request("/history", bobs).DELETE().build();
      assertThat(service.send(delete).statusCode()).isEqualTo(204);
    }
    assertThat(service.get("/history", session).body()).contains(SECRET);
    try (RawSocket socket =
        RawSocket.open(service.uri("/ws/chat?session_id=mine"), "X-API-Key", "bobs-key")) {
      socket.say("{\"prompt\":\"what was said?\",\"stream\":false}");
      assertThat(socket.next()).contains("\"type\":\"chat\"").doesNotContain(SECRET);
    }
  }

  @Test
  void theNativeSocketFollowsAndStopsOnesOwnTurnsAlone() throws Exception {
    try (RawSocket bobs = RawSocket.open(service.uri("/ws"), "X-API-Key", "bobs-key")) {
      for (String type : List.of("follow", "stop")) {
        String ask = "{\"type\":\"" + type + "\",\"ref\":\"r\",\"turn\":\"%s\"}";
        bobs.say(ask.formatted(turn));
        String theirs = bobs.next();
        bobs.say(ask.formatted(NO_TURN));
        assertThat(theirs).contains("not-found").isEqualTo(bobs.next());
      }
      bobs.say(
          "{\"type\":\"send\",\"conversation\":\"" + THEIRS + "\",\"retry_of\":\"" + turn + "\"}");
      assertThat(bobs.next()).contains("not-found");
    }
  }

  @Test
  void aTicketIsItsOwnersAndForOneSocketAlone() throws Exception {
    String ticket =
        Service.json(service.post("/api/tickets", "", as("bob"))).get("ticket").asString();
    URI address = service.uri("/ws?ticket=" + ticket);
    try (RawSocket bobs = RawSocket.open(address)) {
      bobs.say("{\"type\":\"follow\",\"turn\":\"" + turn + "\"}");
      assertThat(bobs.next()).contains("not-found");
    }
    assertThat(service.get("/ws?ticket=" + ticket, Map.of()).statusCode()).isNotEqualTo(101);
    assertThat(service.get("/api/conversations?ticket=" + ticket, Map.of()).statusCode())
        .isEqualTo(401);
  }

  @Test
  void aSessionOfSocketIoIsItsOwners() throws Exception {
    String alices = session("alices-key");
    String path = connect("bobs-key");
    var _ = service.get(path, Map.of());
    for (String session : List.of(alices, THEIRS, NOBODYS)) {
      String packet =
          "42[\"user_message\",{\"session_id\":\"" + session + "\",\"message\":\"hi\"}]";
      assertThat(service.post(path, packet, Map.of()).body()).isEqualTo("ok");
      assertThat(service.get(path, Map.of()).body()).contains("Session not found");
    }
  }

  private static String connect(String key) throws Exception {
    String path = "/socket.io/?EIO=4&transport=polling";
    String opened = service.get(path, Map.of("X-API-Key", key)).body();
    String sid = Service.JSON.readTree(opened.substring(1)).get("sid").asString();
    assertThat(service.post(path + "&sid=" + sid, "40", Map.of()).body()).isEqualTo("ok");
    return path + "&sid=" + sid;
  }

  private static String session(String key) throws Exception {
    String greeting = service.get(connect(key), Map.of()).body();
    String marker = "\"session_id\":\"";
    int begin = greeting.indexOf(marker) + marker.length();
    return greeting.substring(begin, greeting.indexOf('"', begin));
  }

  @Test
  void aReplyThatIsKeptIsItsOwners() throws Exception {
    String cold =
        "{\"model\":\"openai/gpt-oss-120b\",\"temperature\":0,\"messages\":[{\"role\":\"user\",\"content\":\"kept?\"}]}";
    for (String root : List.of("/v1", "/openai/v1")) {
      String path = root + "/chat/completions";
      String first = cache(service.post(path, cold, as("alice")));
      assertThat(List.of(first, cache(service.post(path, cold, as("alice"))))).contains("hit");
    }
    assertThat(cache(service.post("/v1/chat/completions", cold, as("bob")))).isEqualTo("miss");
  }

  private static String cache(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.headers().firstValue("X-Cache").orElse("none");
  }
}
