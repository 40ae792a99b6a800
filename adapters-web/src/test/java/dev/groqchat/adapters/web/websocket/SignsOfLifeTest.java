package dev.groqchat.adapters.web.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignsOfLifeTest {
  private static final String[] HURRY = {
    "groqchat.web.socket.ping-interval=50ms", "groqchat.web.idle-timeout=600ms"
  };

  @Test
  void whoAnswersPingsStays() {
    try (Service service = Service.start(HURRY);
        Client client = service.talk()) {
      // More than would fit into the time that a silent client is given.
      Service.until(() -> client.pings() > 20);
      assertThat(client.isClosed()).isFalse();
      assertThat(client.untilPong()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/ws", "/ws/chat?session_id=s"})
  void whoAnswersNothingIsGivenUp(String path) {
    try (Service service = Service.start(HURRY);
        RawClient client = RawClient.open(service.port(), path)) {
      List<Integer> read = new ArrayList<>();
      while (read.size() < 4 || read.get(read.size() - 4) != 0x88) {
        read.add(client.read());
      }
      assertThat(read).startsWith(0x89, 0, 0x89, 0);
      int code = read.get(read.size() - 2) << 8 | read.getLast();
      assertThat(code).isEqualTo(1001);
      service.awaitQuiet();
    }
  }

  @Test
  void aPeerThatResetsIsNoticed() {
    try (Service service = Service.start()) {
      try (RawClient _ = RawClient.open(service.port(), "/ws")) {
        Service.until(() -> service.sockets() == 1);
      }
      service.awaitQuiet();
    }
  }
}
