package dev.groqchat.adapters.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.adapters.socketio.Client.Transport;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** How long and how many, with little patience and little room. */
@TestPropertySource(
    properties = {
      "groqchat.socketio.connect-timeout=300ms",
      "groqchat.socketio.ping-interval=100ms",
      "groqchat.socketio.ping-timeout=400ms",
      "groqchat.socketio.max-sockets=2"
    })
class PatienceTest extends OverSocketIo {
  @Test
  void whoNeverSaysWhoItIsIsSentAway() throws Exception {
    try (Client client = Transport.WEBSOCKET.open(service())) {
      assertThat(client.rest()).isEmpty();
    }
  }

  @Test
  void whoDoesNotAnswerPingsIsSentAway() throws Exception {
    try (Client client = Transport.WEBSOCKET.open(service())) {
      client.answersPings = false;
      client.connect();

      assertThat(client.rest()).containsOnly("2");
    }
    PollingClient gone = PollingClient.silent(service(), "");
    gone.send("40");
    Eventually.holds("it is missed", () -> connections.size() == 0);
  }

  @Test
  void whoAnswersPingsStays() throws Exception {
    try (Client polling = Transport.POLLING.open(service());
        Client socket = Transport.WEBSOCKET.open(service())) {
      String one = polling.connect();
      String two = socket.connect();
      long later = System.nanoTime() + 800_000_000L;
      Eventually.holds("some pings later", () -> System.nanoTime() > later);

      polling.says(one, "here");
      socket.says(two, "here");

      assertThat(polling.event("bot_message").getString("message")).isEqualTo("re: here");
      assertThat(socket.event("bot_message").getString("message")).isEqualTo("re: here");
    }
  }

  @Test
  void moreThanThereIsRoomForAreToldToComeLater() throws Exception {
    try (Client one = Transport.POLLING.open(service());
        Client two = Transport.WEBSOCKET.open(service())) {
      one.connect();
      two.connect();

      var refused = PollingClient.handshake(service(), "");

      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).hasValue("5");
      assertThat(SocketClient.refused(service(), "")).isEqualTo(503);
    }
    Eventually.holds("there is room again", connections::accepting);
    PollingClient.silent(service(), "").vanish();
  }
}
