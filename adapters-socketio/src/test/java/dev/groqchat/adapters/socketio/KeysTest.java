package dev.groqchat.adapters.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.adapters.socketio.Client.Transport;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.test.context.TestPropertySource;

/** Where there are keys, a client needs one. */
@TestPropertySource(properties = "keys=true")
class KeysTest extends OverSocketIo {
  @ParameterizedTest
  @EnumSource
  void whoHasNoKeyIsToldSoAndSentAway(Transport transport) throws Exception {
    for (String connect : new String[] {"40", "40{\"token\":\"wrong\"}", "40{\"token\":7}"}) {
      try (Client client = transport.open(service())) {
        client.send(connect);

        assertThat(client.next()).startsWith("44{\"message\":\"send a valid API key");
        assertThat(client.rest()).isEmpty();
      }
    }
  }

  @Test
  void aWrongKeyIsRefusedAtTheDoor() throws Exception {
    HttpResponse<String> answer =
        PollingClient.handshake(service(), "", "Authorization", "Bearer wrong");

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
    assertThat(PollingClient.handshake(service(), "&token=wrong").statusCode()).isEqualTo(401);
    assertThat(SocketClient.refused(service(), "", "X-API-Key", "wrong")).isEqualTo(401);
  }

  @ParameterizedTest
  @EnumSource
  void aKeyInAHeaderOpens(Transport transport) throws Exception {
    try (Client client = transport.open(service(), "Authorization", "Bearer alices-key")) {
      client.connect();
    }
    try (Client client = transport.open(service(), "X-API-Key", "alices-key")) {
      client.connect();
    }
  }

  @Test
  void aKeyInTheAddressOrTheFirstPacketOpens() throws Exception {
    try (Client client = SocketClient.open(service(), "&token=alices-key")) {
      client.connect();
    }
    try (Client client = Transport.POLLING.open(service())) {
      client.connect("alices-key");
    }
  }

  @Test
  void aClientWithAKeyIsCalledByItsName() throws Exception {
    try (Client client = Transport.WEBSOCKET.open(service(), "X-Test-Name", "somebody")) {
      client.says(client.connect("alices-key"), "Who am I?");
      client.event("bot_message");

      assertThat(doorkeeper.caller().client()).isEqualTo("alice");
    }
  }

  @Test
  void anotherOwnersSessionIsNotFound() throws Exception {
    try (Client alice = Transport.WEBSOCKET.open(service());
        Client bob = Transport.WEBSOCKET.open(service())) {
      String session = alice.connect("alices-key");
      alice.says(session, "a secret");
      alice.event("bot_message");
      bob.connect("bobs-key");

      bob.says(session, "What was it?");

      assertThat(bob.event("error").toMap()).isEqualTo(Map.of("message", "Session not found"));
    }
  }

  @Test
  void aKeyIsNeverShown() {
    assertThat(new Arrival("::1", "alices-key", "r"))
        .hasToString("Arrival[client=::1, requestId=r]");
  }
}
