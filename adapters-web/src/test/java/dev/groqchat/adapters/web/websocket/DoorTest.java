package dev.groqchat.adapters.web.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.application.port.out.TicketStore;
import dev.groqchat.domain.conversation.Owner;
import dev.groqchat.domain.turn.Turn;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class DoorTest {
  private static Service open;
  private static Service keyed;

  @BeforeAll
  static void start() {
    open = Service.start();
    keyed =
        Service.start(
            "groqchat.web.api-keys=alice:secret,bob:other",
            "groqchat.web.allowed-origins=https://Friend.example/ , http://two.example:81");
  }

  @AfterAll
  static void stop() {
    open.close();
    keyed.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/ws", "/ws/chat?session_id=s", "/chat?session_id=s"})
  void aKeyIsNeededWhereKeysAreSet(String path) {
    HttpResponse<?> refusal = keyed.open(path).refused();
    assertThat(refusal.statusCode()).isEqualTo(401);
    assertThat(refusal.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    assertThat(refusal.headers().firstValue("Content-Type"))
        .contains(path.equals("/ws") ? "application/problem+json" : "application/json");
    assertThat(keyed.open(path).header("X-API-Key", "wrong").refused().statusCode()).isEqualTo(401);
    keyed.open(path).header("X-API-Key", "secret").connect().close();
    keyed.open(path).header("Authorization", "Bearer other").connect().close();
  }

  @Test
  void aKeysTurnsAreItsOwners() {
    try (Client alice = keyed.open("/ws").header("X-API-Key", "secret").connect();
        Client bob = keyed.open("/ws").header("X-API-Key", "other").connect()) {
      String turn =
          alice
              .ask("{'type':'send','conversation':'mine','message':'private'}")
              .toEnd()
              .getFirst()
              .get("turn")
              .stringValue();
      for (String type : List.of("follow", "stop")) {
        JsonNode error =
            bob.ask("{'type':'%s','turn':'%s'}", type, turn).next("error").get("error");
        assertThat(error.get("detail").stringValue()).isEqualTo("no such turn");
      }
    }
  }

  @Test
  void aTicketOpensOneSocket() throws Exception {
    String ticket = ticket(keyed, "X-API-Key", "secret");
    try (Client client = keyed.open("/ws?ticket=" + ticket).connect()) {
      client.ask("{'type':'send','conversation':'ticket','message':'with a ticket'}");
      List<JsonNode> _ = client.toEnd();
    }
    Turn turn = keyed.turnAsking("with a ticket");
    assertThat(turn.conversation().owner()).isEqualTo(new Owner("alice"));
    assertThat(keyed.open("/ws?ticket=" + ticket).refused().statusCode()).isEqualTo(401);
  }

  @Test
  void aTicketOpensAClassicSocket() throws Exception {
    String ticket = ticket(keyed, "X-API-Key", "other");
    keyed.open("/ws/chat?session_id=t&ticket=" + ticket).connect().close();
  }

  @Test
  void aTicketThatIsWrongOrTooOldOpensNothing() {
    keyed
        .fakes()
        .tickets()
        .keep(
            "old",
            new TicketStore.Holder(new Owner("alice"), "alice", null),
            Duration.ofSeconds(-1));
    for (String ticket : List.of("old", "", "guess")) {
      assertThat(keyed.open("/ws?ticket=" + ticket).refused().statusCode()).isEqualTo(401);
      assertThat(open.open("/ws?ticket=" + ticket).refused().statusCode()).isEqualTo(401);
    }
  }

  @Test
  void aTicketNeedsAKeyItself() throws Exception {
    HttpResponse<String> refusal = keyed.post("/api/tickets");
    assertThat(refusal.statusCode()).isEqualTo(401);
    assertThat(refusal.headers().firstValue("Content-Type")).contains("application/problem+json");
  }

  @Test
  void aVisitorsTicketAndCookieAreTheSameVisitors() throws Exception {
    HttpResponse<String> issued = open.post("/api/tickets");
    String cookie = issued.headers().firstValue("Set-Cookie").orElseThrow();
    String ticket = Client.JSON.readTree(issued.body()).get("ticket").stringValue();
    try (Client withTicket = open.open("/ws?ticket=" + ticket).connect();
        Client withCookie =
            open.open("/ws").header("Cookie", cookie.substring(0, cookie.indexOf(';'))).connect()) {
      withTicket.ask("{'type':'send','conversation':'visit-1','message':'one'}");
      withCookie.ask("{'type':'send','conversation':'visit-2','message':'two'}");
      List<JsonNode> _ = withTicket.toEnd();
      List<JsonNode> _ = withCookie.toEnd();
    }
    var first = open.fakes().conversations().find(open.turnAsking("one").conversation());
    var second = open.fakes().conversations().find(open.turnAsking("two").conversation());
    assertThat(first.orElseThrow().startedBy())
        .isNotNull()
        .isEqualTo(second.orElseThrow().startedBy());
  }

  private static String ticket(Service service, String... headers) throws Exception {
    HttpResponse<String> issued = service.post("/api/tickets", headers);
    assertThat(issued.statusCode()).isEqualTo(200);
    assertThat(issued.headers().firstValue("Cache-Control")).contains("no-store");
    JsonNode body = Client.JSON.readTree(issued.body());
    assertThat(body.propertyNames()).containsExactly("ticket", "expires_in");
    assertThat(body.get("expires_in").intValue()).isEqualTo(30);
    return body.get("ticket").stringValue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example",
        "null",
        "http://localhost",
        "http://localhost:1",
        "not a uri",
        "https://friend.example.evil.example"
      })
  void aForeignPageIsRefused(String origin) {
    for (String path : List.of("/ws", "/ws/chat?session_id=s", "/chat?session_id=s")) {
      HttpResponse<?> refusal =
          keyed.open(path).header("X-API-Key", "secret").header("Origin", origin).refused();
      assertThat(refusal.statusCode()).isEqualTo(403);
    }
  }

  @Test
  void aForeignPageUsesUpNoTicket() throws Exception {
    String ticket = ticket(keyed, "X-API-Key", "secret");
    String path = "/ws?ticket=" + ticket;
    assertThat(keyed.open(path).header("Origin", "https://evil.example").refused().statusCode())
        .isEqualTo(403);
    keyed.open(path).connect().close();
  }

  @Test
  void ownAndFriendlyPagesAreLetIn() {
    for (String origin :
        List.of(
            "http://localhost:" + keyed.port(),
            "https://LOCALHOST:" + keyed.port(),
            "https://friend.example",
            "http://two.example:81")) {
      keyed.open("/ws").header("X-API-Key", "secret").header("Origin", origin).connect().close();
    }
  }

  @Test
  void allPagesAreLetInIfThatWasSaid() {
    try (Service service = Service.start("groqchat.web.allowed-origins=*")) {
      service.open("/ws").header("Origin", "https://any.example").connect().close();
    }
  }

  @Test
  void theProtocolIsAgreedOnIfItWasOffered() {
    try (Client asked = open.open("/ws").protocols("other", "groqchat.v1").connect();
        Client silent = open.talk()) {
      assertThat(asked.protocol()).isEqualTo("groqchat.v1");
      assertThat(silent.protocol()).isEmpty();
      assertThat(asked.untilPong()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/ws/chat", "/chat", "/ws/chat?session_id="})
  void aClassicSocketNeedsASession(String path) {
    HttpResponse<?> refusal = open.open(path).refused();
    assertThat(refusal.statusCode()).isEqualTo(400);
    assertThat(refusal.headers().firstValue("Content-Type")).contains("application/json");
  }

  @Test
  void aRefusalSaysWhy() {
    assertThat(raw("/ws/chat", ""))
        .contains(" 400 ")
        .contains("\"error\":\"missing session ID\"")
        .contains("\"code\":400")
        .contains("\"error_type\":\"validation_error\"");
    assertThat(raw("/ws/chat?session_id=a%20b", ""))
        .contains("\"error\":\"X-Session-ID must be 1 to 128 of A-Z a-z 0-9 . _ : -\"");
    assertThat(raw("/ws/chat?session_id=%zz", "")).contains(" 400 ");
    assertThat(raw("/ws?ticket=no", ""))
        .contains(" 401 ")
        .contains("\"type\":\"urn:groqchat:problem:unauthorized\"");
    assertThat(raw("/ws", "Origin: https://evil.example\r\n"))
        .contains(" 403 ")
        .contains("\"type\":\"urn:groqchat:problem:origin-refused\"");
  }

  /** The answer to a handshake, byte by byte: the client of the JDK keeps the body to itself. */
  private static String raw(String path, String headers) {
    try (RawClient client = RawClient.ask(open.port(), path, headers)) {
      return client.readAll();
    }
  }
}
