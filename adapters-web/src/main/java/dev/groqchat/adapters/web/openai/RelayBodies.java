package dev.groqchat.adapters.web.openai;

import dev.groqchat.adapters.web.settings.RelayProperties;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * Room for the bodies of relays that are under way. A body is held as long as its question may have
 * to be asked again, and is large: so many at once as there are places would fill any heap.
 * Thread-safe; nobody waits.
 */
@Component
final class RelayBodies {
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final int PART_OF_HEAP = 4;

  /** In KiB, of which a semaphore can count enough. */
  private static final long UNIT = 1024;

  private final long largest;
  private final Semaphore room;

  RelayBodies(RelayProperties properties) {
    this.largest = units(properties.maxBody().toBytes());
    long usual = Runtime.getRuntime().maxMemory() / PART_OF_HEAP;
    DataSize told = properties.maxBodies();
    long most = Math.max(largest, units(told == null ? usual : told.toBytes()));
    this.room = new Semaphore((int) Math.min(Integer.MAX_VALUE, most));
  }

  /** Room for one body, which its taker gives back. */
  final class Room implements AutoCloseable {
    private int held;

    private Room(int held) {
      this.held = held;
    }

    /** Keeps no more than a body needs that has come. */
    void fit(long bytes) {
      keep((int) Math.min(held, units(bytes)));
    }

    private void keep(int needed) {
      room.release(held - needed);
      held = needed;
    }

    @Override
    public void close() {
      keep(0);
    }
  }

  /**
   * Makes room for a body, before any of it is read.
   *
   * @param announced its length in bytes, within the limit; negative if nobody knows: it may have
   *     the largest
   * @throws ChatException {@link Failure.TooBusy} if there is not so much
   */
  Room take(long announced) {
    int needed = (int) (announced < 0 ? largest : Math.min(largest, units(announced)));
    if (!room.tryAcquire(needed)) {
      throw new ChatException(new Failure.TooBusy(SOON));
    }
    return new Room(needed);
  }

  private static long units(long bytes) {
    return Math.ceilDiv(bytes, UNIT);
  }
}
