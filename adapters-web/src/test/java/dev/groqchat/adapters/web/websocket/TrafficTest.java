package dev.groqchat.adapters.web.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.turn.Reuse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Who is counted on sockets, what they are told of limits, and of where replies come from. */
class TrafficTest {
  private static final Failure TOO_MANY = new Failure.RateLimited(20, Duration.ofSeconds(3));

  private static Service service;

  @BeforeAll
  static void start() {
    service = Service.start("groqchat.web.trusted-proxies=127.0.0.0/8,::1");
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @AfterEach
  void nothingIsLeft() {
    service.awaitQuiet();
  }

  private static Client send(Client client, String message, String options) {
    return client.ask("{'type':'send','conversation':'c','message':'%s'" + options + "}", message);
  }

  @Test
  void aClientIsWhereItsHandshakeCameFrom() {
    try (Client client =
        service.open("/ws").header("X-Forwarded-For", "1.1.1.1, 203.0.113.9").connect()) {
      send(client, "from afar", "").toEnd();
    }
    try (Client client =
        service
            .open("/chat?session_id=s")
            .header("X-Forwarded-For", "1.1.1.1, 2001:db8::5")
            .connect()) {
      client.ask("{'prompt':'from farther','stream':false}").next("chat");
    }

    assertThat(service.doorkeeper().asked("from afar").caller().client()).isEqualTo("203.0.113.9");
    assertThat(service.doorkeeper().asked("from farther").caller().client())
        .isEqualTo("2001:db8:0:0::/64");
  }

  @Test
  void whoAsksTooMuchGetsAnErrorFrameAndMayAskAgain() {
    service.doorkeeper().refuse("too soon", TOO_MANY);
    try (Client client = service.talk()) {
      send(client, "too soon", ",'ref':'r'");
      JsonNode frame = client.next("error");

      assertThat(frame.get("ref").stringValue()).isEqualTo("r");
      assertThat(frame.get("error").propertyNames()).containsExactly("type", "title", "detail");
      assertThat(frame.at("/error/type").stringValue())
          .isEqualTo("urn:groqchat:problem:rate-limited");
      assertThat(frame.at("/error/detail").stringValue())
          .isEqualTo("too many requests; try again in 3 s");
      assertThat(Client.text(send(client, "later", "").toEnd())).isEqualTo("re: later");
    }
  }

  @Test
  void aClassicSocketSaysItInItsOwnFormAndGoesOn() {
    service.doorkeeper().refuse("much too soon", TOO_MANY);
    try (Client client = service.open("/ws/chat?session_id=s").connect()) {
      JsonNode frame = client.ask("{'prompt':'much too soon'}").next("error");

      assertThat(frame.get("content").isNull()).isTrue();
      assertThat(frame.get("error").stringValue()).isEqualTo("too many requests; try again in 3 s");
      client.ask("{'prompt':'later','stream':false}").next("chat");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``                | false",
        ",'temperature':0  | true",
        ",'temperature':1  | false",
      })
  void aReplyMadeBeforeWillDoForATemperatureOfZero(String options, boolean reusable) {
    try (Client client = service.talk()) {
      send(client, "warm" + options.length(), options).toEnd();
    }

    assertThat(service.doorkeeper().asked("warm" + options.length()).wish().reusable())
        .isEqualTo(reusable);
  }

  @Test
  void butNotForARetry() {
    try (Client client = service.talk()) {
      String turn = send(client, "once", "").toEnd().getLast().get("turn").stringValue();
      send(client, "once more", ",'temperature':0,'retry_of':'" + turn + "'").next();
    }

    assertThat(service.doorkeeper().asked("once more").wish().reusable()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/chat    | ``                 | true",
        "/chat    | ,'temperature':0   | true",
        "/chat    | ,'temperature':0.5 | false",
        "/ws/chat | ``                 | true",
        "/ws/chat | ,'temperature':0.5 | false",
      })
  void onAClassicSocketItWillUnlessAnotherTemperatureIsNamed(
      String path, String options, boolean reusable) {
    String message = path + options.length();
    try (Client client = service.open(path + "?session_id=s").connect()) {
      client.ask("{'prompt':'%s','stream':false" + options + "}", message).next("chat");
    }

    assertThat(service.doorkeeper().asked(message).wish().reusable()).isEqualTo(reusable);
  }

  @ParameterizedTest
  @EnumSource
  void startedTellsWhereTheReplyComesFrom(Reuse reuse) {
    String message = "from " + reuse;
    service.doorkeeper().reuse(message, reuse);
    try (Client client = service.talk()) {
      List<JsonNode> frames = send(client, message, "").toEnd();

      assertThat(frames.getFirst().get("x_cache").stringValue()).isEqualTo(reuse.word());
      assertThat(send(client, "anew", "").toEnd()).noneMatch(frame -> frame.has("x_cache"));
    }
  }

  @Test
  void aStrangersIdempotencyKeyIsAnotherOne() {
    try (Client here = service.open("/ws").header("X-Forwarded-For", "198.51.100.1").connect();
        Client there = service.open("/ws").header("X-Forwarded-For", "198.51.100.2").connect();
        Client again = service.open("/ws").header("X-Forwarded-For", "198.51.100.1").connect()) {
      String key = ",'idempotency_key':'1'";
      List<JsonNode> first = send(here, "mine", key).toEnd();

      assertThat(Client.text(send(there, "theirs", key).toEnd())).isEqualTo("re: theirs");
      assertThat(send(again, "mine", key).toEnd()).isEqualTo(first);
      assertThat(send(again, "other", key).next("error").at("/error/type").stringValue())
          .isEqualTo("urn:groqchat:problem:key-reused");
    }
  }
}
