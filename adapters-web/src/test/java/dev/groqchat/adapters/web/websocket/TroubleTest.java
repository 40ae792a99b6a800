package dev.groqchat.adapters.web.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.application.fixtures.Gate;
import dev.groqchat.application.port.Following;
import dev.groqchat.application.port.in.FollowTurn;
import dev.groqchat.application.port.in.StopTurn;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.turn.NumberedEvent;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import tools.jackson.databind.JsonNode;

/** What goes wrong behind a socket, under turns' ids that say what. */
class TroubleTest {
  private static final String LOST = new UUID(0, 1).toString();
  private static final String BROKEN = new UUID(0, 2).toString();
  private static final String DELETED = new UUID(0, 3).toString();
  private static final Gate GATE = new Gate();

  private static Service service;

  static class Trouble {
    @Bean
    @Primary
    FollowTurn troubledFollowTurn() {
      return (caller, turn, after) -> new TroubledFollowing(turn.turn().toString());
    }

    @Bean
    @Primary
    StopTurn troubledStopTurn() {
      return (caller, turn) -> {
        if (turn.turn().toString().equals(BROKEN)) {
          throw new IllegalStateException("broken on purpose");
        }
        GATE.pass();
        return new StopTurn.Receipt(turn.turn(), "stopped", 3, 0, true);
      };
    }
  }

  private static final class TroubledFollowing implements Following {
    private final String turn;
    private boolean ended;

    TroubledFollowing(String turn) {
      this.turn = turn;
    }

    @Override
    public List<NumberedEvent> next(Duration patience) {
      ended = true;
      if (turn.equals(LOST)) {
        throw new ChatException(new Failure.StoreUnavailable(Duration.ofSeconds(1)));
      }
      if (turn.equals(BROKEN)) {
        throw new IllegalStateException("broken on purpose");
      }
      return List.of();
    }

    @Override
    public boolean ended() {
      return ended;
    }

    @Override
    public void close() {
      ended = true;
    }
  }

  @BeforeAll
  static void start() {
    service = Service.start(List.of(Trouble.class), "groqchat.web.socket.max-turns=2");
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static String error(JsonNode frame) {
    String prefix = "urn:groqchat:problem:";
    String type = frame.get("error").get("type").stringValue();
    assertThat(type).startsWith(prefix);
    return type.substring(prefix.length());
  }

  @Test
  void aTurnThatCannotBeFollowedAnyFurtherIsNamed() {
    try (Client client = service.talk()) {
      JsonNode lost = client.ask("{'type':'follow','ref':1,'turn':'%s'}", LOST).next("error");
      assertThat(error(lost)).isEqualTo("store-unavailable");
      assertThat(lost.get("turn").stringValue()).isEqualTo(LOST);
      assertThat(lost.get("ref").intValue()).isEqualTo(1);
      JsonNode broken = client.ask("{'type':'follow','turn':'%s'}", BROKEN).next("error");
      assertThat(error(broken)).isEqualTo("internal-error");
      JsonNode end = client.ask("{'type':'follow','turn':'%s'}", DELETED).next("end");
      assertThat(end.get("turn").stringValue()).isEqualTo(DELETED);
    }
  }

  @Test
  void stopsAreBoundedAndDoNotHoldUpOtherFrames() {
    try (Client client = service.talk()) {
      assertThat(error(client.ask("{'type':'stop','turn':'%s'}", BROKEN).next("error")))
          .isEqualTo("internal-error");
      Service.until(() -> {
        // The place of the first one is given back after its answer.
        client.ask("{'type':'stop','ref':'a','turn':'%s'}", LOST);
        client.ask("{'type':'stop','ref':'b','turn':'%s'}", LOST);
        return client.untilPong().size() == 1;
      });
      assertThat(error(client.ask("{'type':'stop','turn':'%s'}", LOST).next("error")))
          .isEqualTo("too-much-at-once");
      GATE.open();
      assertThat(List.of(client.next("stop"), client.next("stop")))
          .extracting(frame -> frame.get("ref").stringValue())
          .containsExactlyInAnyOrder("a", "b");
    }
  }
}
