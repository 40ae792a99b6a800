package dev.groqchat.adapters.persistence.memory;

import dev.groqchat.domain.turn.TurnEvent;
import dev.groqchat.domain.turn.TurnId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The journals of this process. One that has ended is forgotten after its retention, or before,
 * oldest first, while all together take too much; one that goes on never is. A follower that is
 * still reading one then has come to its end without an ending, as if it had been closed.
 * Thread-safe.
 */
public final class LocalJournals {
  private final Map<TurnId, Journal> journals = new ConcurrentHashMap<>();
  private final Queue<Journal> ended = new ConcurrentLinkedQueue<>();
  private final AtomicLong bytes = new AtomicLong();
  private final ReentrantLock sweeping = new ReentrantLock();
  private final MemoryLimits limits;
  private final InstantSource clock;

  public LocalJournals(MemoryLimits limits, InstantSource clock) {
    this.limits = limits;
    this.clock = clock;
  }

  /** What all take together. */
  long bytes() {
    return bytes.get();
  }

  /** A turn's journal, which is made if there is none. */
  public Journal open(TurnId turn) {
    Journal journal =
        journals.computeIfAbsent(turn, it -> new Journal(it, limits.maxJournalEvents(), bytes));
    sweep();
    return journal;
  }

  /** A turn's journal, unless it is too old to be read. */
  public Optional<Journal> find(TurnId turn) {
    return kept(turn).filter(journal -> !journal.isForgotten() && !expired(journal));
  }

  /** What there is of a turn, however old. */
  public Optional<Journal> kept(TurnId turn) {
    return Optional.ofNullable(journals.get(turn));
  }

  /** {@link Journal#append}, to one of these. */
  public long append(Journal journal, List<TurnEvent> events) {
    long last = journal.append(events, clock.instant());
    if (events.getLast() instanceof TurnEvent.Ending) {
      ended.add(journal);
    }
    sweep();
    return last;
  }

  /** Lets go of one that goes on, as if it were too old. */
  public void forget(Journal journal) {
    journals.remove(journal.turn(), journal);
    journal.forget();
  }

  /**
   * See {@link dev.groqchat.application.port.out.TurnJournal#append}.
   *
   * @throws IllegalArgumentException for what no turn may append
   */
  public static void requireProper(List<TurnEvent> events) {
    if (events.isEmpty()) {
      throw new IllegalArgumentException("there is nothing to append");
    }
    if (events.stream().anyMatch(TurnEvent.Gap.class::isInstance)) {
      throw new IllegalArgumentException("a gap is made for a follower, not by a turn");
    }
    if (events.stream().limit(events.size() - 1L).anyMatch(TurnEvent.Ending.class::isInstance)) {
      throw new IllegalArgumentException("nothing follows an ending");
    }
  }

  private void sweep() {
    if (!sweeping.tryLock()) {
      return; // Somebody is at it.
    }
    try {
      Journal oldest = ended.peek();
      while (oldest != null && (bytes.get() > limits.maxJournalBytes() || expired(oldest))) {
        ended.remove();
        forget(oldest);
        oldest = ended.peek();
      }
    } finally {
      sweeping.unlock();
    }
  }

  private boolean expired(Journal journal) {
    @Nullable Instant endedAt = journal.endedAt();
    Duration retention = limits.journalRetention();
    return endedAt != null && endedAt.plus(retention).isBefore(clock.instant());
  }
}
