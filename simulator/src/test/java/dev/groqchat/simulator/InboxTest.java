package dev.groqchat.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class InboxTest {
  @Test
  void everyByteArrivesInOrderThroughABufferThatIsTooSmall() throws Exception {
    byte[] sent = new byte[300_000];
    new Random(1).nextBytes(sent);
    var inbox = new Inbox();
    var pump =
        Thread.ofVirtual().start(() -> inbox.pump(new ByteArrayInputStream(sent), () -> false));
    assertThat(inbox.readAllBytes()).isEqualTo(sent);
    assertThat(inbox.read()).isEqualTo(-1);
    assertThat(inbox.read(new byte[1], 0, 0)).isZero();
    pump.join();
  }

  @Test
  void silenceEndsAConnectionOnlyWhileNothingIsBeingAnswered() throws Exception {
    var socket = new Silences("a", "", "b", "", "c");
    var patience = new ArrayDeque<>(List.of(true, false));
    var inbox = new Inbox();
    inbox.pump(socket, patience::removeFirst);
    assertThat(inbox.readAllBytes()).asString().isEqualTo("ab");
  }

  @Test
  void anInterruptEndsWaiting() throws IOException {
    Thread.currentThread().interrupt();
    assertThat(new Inbox().read()).isEqualTo(-1);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aFullInboxStopsReadingWhenItIsClosed() throws Exception {
    var inbox = new Inbox();
    BooleanSupplier never = () -> false;
    var pump =
        Thread.ofVirtual()
            .start(() -> inbox.pump(new ByteArrayInputStream(new byte[100_000]), never));
    inbox.end();
    pump.join();
    assertThat(inbox.readAllBytes()).hasSizeLessThan(100_000);
  }

  /** Says the letters and is silent in between. */
  private static final class Silences extends InputStream {
    private final Deque<String> letters = new ArrayDeque<>();

    Silences(String... letters) {
      for (String letter : letters) this.letters.add(letter);
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      String letter = letters.poll();
      if (letter == null) return -1;
      if (letter.isEmpty()) throw new SocketTimeoutException();
      bytes[from] = (byte) letter.charAt(0);
      return 1;
    }
  }
}
