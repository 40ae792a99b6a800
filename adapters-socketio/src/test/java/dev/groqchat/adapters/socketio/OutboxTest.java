package dev.groqchat.adapters.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.application.fixtures.Gate;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Writing that never waits. */
class OutboxTest {
  private final Gate reads = new Gate();
  private final Queue<String> log = new ConcurrentLinkedQueue<>();

  /** A client that reads nothing until the gate opens. */
  private final Outbox.Wire slow =
      new Outbox.Wire() {
        @Override
        public void send(String text) throws IOException {
          reads.pass();
          if (text.equals("cut")) {
            throw new IOException("cut");
          }
          log.add(text);
        }

        @Override
        public void hangUp() {
          log.add("bye");
        }

        @Override
        public void broken(String why) {
          log.add(why);
        }
      };

  private final Outbox outbox = new Outbox(slow, 10);

  @AfterEach
  void open() {
    reads.open();
  }

  private void eventually(String... lines) {
    Eventually.holds(List.of(lines).toString(), () -> List.copyOf(log).equals(List.of(lines)));
  }

  @Test
  void everythingArrivesInOrderBeforeTheEnd() {
    outbox.put("one");
    outbox.put("two");
    outbox.close();
    outbox.put("never");
    outbox.close();
    assertThat(log).isEmpty();

    reads.open();

    eventually("one", "two", "bye");
  }

  @Test
  void whatIsEmptyIsClosedAtOnce() {
    outbox.close();

    eventually("bye");
  }

  @Test
  void itGoesOnAfterAWhileWithoutAnything() {
    reads.open();
    outbox.put("one");
    eventually("one");
    outbox.put("two");
    eventually("one", "two");
    outbox.close();
    eventually("one", "two", "bye");
  }

  @Test
  void whoLeavesTooMuchUnreadIsHungUpOn() {
    outbox.put("12345");
    reads.awaitReached();
    outbox.put("12345");
    outbox.put("1");

    eventually("too slow");
    reads.open();
    eventually("too slow", "12345");
  }

  @Test
  void oneTextMayBeLongerThanWhatMayWait() {
    reads.open();
    outbox.put("x".repeat(100));

    eventually("x".repeat(100));
  }

  @Test
  void aWireThatBreaksIsLeft() {
    outbox.put("cut");
    outbox.put("never");
    reads.open();

    eventually("write error");
    outbox.put("never");
    outbox.close();
    eventually("write error");
  }
}
