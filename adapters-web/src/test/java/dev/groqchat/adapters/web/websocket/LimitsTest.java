package dev.groqchat.adapters.web.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.application.fixtures.Gate;
import dev.groqchat.application.fixtures.Script;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class LimitsTest {
  private static final int MEBIBYTE = 1 << 20;
  private static final int TOO_BIG = 1009;

  private static Service service;

  @BeforeAll
  static void start() {
    service = Service.start("groqchat.web.socket.max-turns=2");
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @AfterEach
  void nothingIsLeft() {
    service.awaitQuiet();
  }

  @Test
  void aMebibyteIsTaken() {
    String ping = "{\"type\":\"ping\"}";
    try (Client client = service.talk()) {
      for (int i = 0; i < 2; i++) {
        JsonNode _ = client.say(ping + " ".repeat(MEBIBYTE - ping.length())).next("pong");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "é", "😀"})
  void aByteMoreIsTooBig(String letter) {
    int letters = (MEBIBYTE - 2) / letter.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
    try (Client client = service.talk()) {
      client.say('"' + letter.repeat(letters + 1) + '"');
      assertThat(client.awaitClose()).isEqualTo(TOO_BIG);
    }
  }

  @Test
  void binaryIsMeasuredToo() {
    try (Client client = service.open("/chat?session_id=s").connect()) {
      client.sayBinary(new byte[MEBIBYTE + 1]);
      assertThat(client.awaitClose()).isEqualTo(TOO_BIG);
    }
  }

  @Test
  void aSocketFollowsNoMoreTurnsThanItMay() {
    Gate gate = new Gate();
    service.answers("wait", Script.script().says("x").waits(gate).ends());
    try (Client client = service.talk()) {
      for (int i = 0; i < 2; i++) {
        client.ask("{'type':'send','conversation':'turns-%d','message':'wait'}", i);
        List<JsonNode> _ = client.upTo("delta");
      }
      client.ask("{'type':'send','ref':'r','conversation':'turns-3','message':'third'}");
      JsonNode error = client.next("error");
      assertThat(error.get("ref").stringValue()).isEqualTo("r");
      assertThat(error.get("error").get("type").stringValue())
          .isEqualTo("urn:groqchat:problem:too-much-at-once");
      assertThat(error.get("error").get("detail").stringValue())
          .isEqualTo("one socket may follow 2 turns at once");
      assertThat(service.fakes().turns().all()).hasSize(2);
      gate.open();
      List<JsonNode> _ = client.toEnd();
      List<JsonNode> _ = client.toEnd();
      Service.until(() -> {
        client.ask("{'type':'send','conversation':'turns-3','message':'third'}");
        return client
            .upTo("error", "finished")
            .getLast()
            .get("type")
            .stringValue()
            .equals("finished");
      });
    }
  }

  @Test
  void aFrameThatIsRefusedTakesNoPlace() {
    try (Client client = service.talk()) {
      for (int i = 0; i < 5; i++) {
        client.ask("{'type':'follow','turn':'01890000-0000-7000-8000-000000000000'}");
        assertThat(client.next("error").get("error").get("detail").stringValue())
            .isEqualTo("no such turn");
      }
    }
  }
}
