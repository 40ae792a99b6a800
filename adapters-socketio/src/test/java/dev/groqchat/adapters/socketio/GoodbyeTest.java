package dev.groqchat.adapters.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.adapters.socketio.Client.Transport;
import dev.groqchat.application.fixtures.Background;
import dev.groqchat.application.fixtures.Gate;
import dev.groqchat.application.fixtures.Script;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What clients see when the service ends. */
class GoodbyeTest extends OverSocketIo {
  @AfterEach
  void goOn() {
    connections.start();
  }

  @ParameterizedTest
  @EnumSource
  void aReplyUnderWayStillArrivesAndThenTheConnectionEnds(Transport transport) throws Exception {
    Gate gate = new Gate();
    fakes.model().then(Script.script().says("to the ").waits(gate).says("end").ends());
    try (Client busy = transport.open(service());
        Client idle = transport.open(service());
        Client nobody = transport.open(service())) {
      busy.says(busy.connect(), "Tell me");
      idle.connect();
      gate.awaitReached();
      try (Background<Boolean> stopping =
          Background.run(() -> {
            connections.stop();
            return true;
          })) {
        assertThat(idle.rest()).isEmpty();
        assertThat(nobody.rest()).isEmpty();
        assertThat(PollingClient.handshake(service(), "").statusCode()).isEqualTo(503);

        gate.open();

        assertThat(busy.event("bot_message").getString("message")).isEqualTo("to the end");
        assertThat(busy.rest()).isEmpty();
        assertThat(stopping.result()).isTrue();
        assertThat(connections.isRunning()).isFalse();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatTakesTooLongIsNotWaitedFor(Transport transport) throws Exception {
    Gate never = new Gate();
    fakes.model().then(Script.script().waits(never).ends());
    try (Client client = transport.open(service())) {
      client.says(client.connect(), "Tell me");
      never.awaitReached();

      connections.stop();

      assertThat(client.rest()).isEmpty();
    }
  }
}
