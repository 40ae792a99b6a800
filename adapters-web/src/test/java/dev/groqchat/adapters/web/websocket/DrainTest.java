package dev.groqchat.adapters.web.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.application.fixtures.Background;
import dev.groqchat.application.fixtures.Gate;
import dev.groqchat.application.fixtures.Script;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DrainTest {
  private static final int GOING_AWAY = 1001;

  @Test
  void everybodyIsToldAndLeavesWhenNothingIsLeft() throws Exception {
    Gate gate = new Gate();
    try (Service service = Service.start();
        Client idle = service.talk();
        Client busy = service.talk();
        Client classic = service.open("/chat?session_id=idle").connect();
        Client busyClassic = service.open("/ws/chat?session_id=busy").connect()) {
      service.answers("long", Script.script().says("a").waits(gate).says("b").ends());
      busy.ask("{'type':'send','conversation':'c','message':'long'}");
      List<JsonNode> _ = busy.upTo("delta");
      busyClassic.ask("{'prompt':'long'}");
      assertThat(busyClassic.next().get("token").stringValue()).isEqualTo("a");
      try (var drain =
          Background.run(() -> {
            service.useCases().drain(Service.PATIENCE);
            return true;
          })) {
        assertThat(idle.next("reconnect").get("after_ms").intValue()).isBetween(500, 3000);
        assertThat(idle.awaitClose()).isEqualTo(GOING_AWAY);
        assertThat(classic.awaitClose()).isEqualTo(GOING_AWAY);
        assertThat(busy.next("reconnect").propertyNames())
            .containsExactlyInAnyOrder("type", "after_ms");
        busy.ask("{'type':'send','conversation':'d','message':'late'}");
        assertThat(busy.next("error").get("error").get("type").stringValue())
            .isEqualTo("urn:groqchat:problem:shutting-down");
        gate.open();
        assertThat(Client.text(busy.toEnd())).isEqualTo("b");
        assertThat(busy.awaitClose()).isEqualTo(GOING_AWAY);
        assertThat(busy.quiet()).isTrue();
        assertThat(busyClassic.next().get("token").stringValue()).isEqualTo("b");
        assertThat(busyClassic.next().get("done").stringValue()).isEqualTo("true");
        assertThat(busyClassic.awaitClose()).isEqualTo(GOING_AWAY);
        assertThat(drain.result()).isTrue();
      }
      try (Client late = service.talk()) {
        JsonNode _ = late.next("reconnect");
        assertThat(late.awaitClose()).isEqualTo(GOING_AWAY);
      }
    }
  }

  @Test
  @SuppressWarnings("try") // Closing the service is what is tested.
  void theEndOfTheServiceIsTheEndOfItsSockets() {
    try (Service service = Service.start();
        Client client = service.talk();
        Client busy = service.talk();
        Client classic = service.open("/chat?session_id=s").connect()) {
      service.answers("long", Script.script().says("a").waits(new Gate()).ends());
      busy.ask("{'type':'send','conversation':'c','message':'long'}");
      List<JsonNode> _ = busy.upTo("delta");
      service.close();
      JsonNode _ = client.next("reconnect");
      JsonNode _ = busy.next("reconnect");
      assertThat(client.awaitClose()).isEqualTo(GOING_AWAY);
      assertThat(busy.awaitClose()).isEqualTo(GOING_AWAY);
      assertThat(classic.awaitClose()).isEqualTo(GOING_AWAY);
    }
  }
}
