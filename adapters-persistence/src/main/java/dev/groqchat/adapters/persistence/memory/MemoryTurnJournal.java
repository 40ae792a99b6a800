package dev.groqchat.adapters.persistence.memory;

import dev.groqchat.application.port.Following;
import dev.groqchat.application.port.out.TurnJournal;
import dev.groqchat.domain.turn.TurnEvent;
import dev.groqchat.domain.turn.TurnId;
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
 * Journals in memory. One that has ended is forgotten after its retention, or before, oldest first,
 * while all together take too much; one that goes on never is. A follower that is still reading one
 * then has come to its end without an ending, as if it had been closed.
 */
final class MemoryTurnJournal implements TurnJournal {
  private final Map<TurnId, Journal> journals = new ConcurrentHashMap<>();
  private final Queue<Journal> ended = new ConcurrentLinkedQueue<>();
  private final AtomicLong bytes = new AtomicLong();
  private final ReentrantLock sweeping = new ReentrantLock();
  private final MemoryLimits limits;
  private final InstantSource clock;

  MemoryTurnJournal(MemoryLimits limits, InstantSource clock) {
    this.limits = limits;
    this.clock = clock;
  }

  /** What all take together. */
  long bytes() {
    return bytes.get();
  }

  @Override
  public void open(TurnId turn) {
    Journal journal = new Journal(turn, limits.maxJournalEvents(), bytes);
    if (journals.putIfAbsent(turn, journal) == null) {
      journal.opened();
      sweep();
    }
  }

  @Override
  public long append(TurnId turn, List<TurnEvent> events) {
    requireProper(events);
    Journal journal = journals.get(turn);
    if (journal == null) {
      throw new IllegalStateException("no journal was opened for " + turn);
    }
    long last = journal.append(events, clock.instant());
    if (events.getLast() instanceof TurnEvent.Ending) {
      ended.add(journal);
    }
    sweep();
    return last;
  }

  private static void requireProper(List<TurnEvent> events) {
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

  @Override
  public Optional<Following> follow(TurnId turn, long after) {
    if (after < 0) {
      throw new IllegalArgumentException("events are numbered from 1: " + after);
    }
    return kept(turn).map(journal -> new JournalFollowing(journal, after));
  }

  @Override
  public boolean followedElsewhere(TurnId turn) {
    return false;
  }

  @Override
  public Optional<Progress> progress(TurnId turn) {
    return kept(turn).map(Journal::progress);
  }

  private Optional<Journal> kept(TurnId turn) {
    return Optional.ofNullable(journals.get(turn)).filter(journal -> !expired(journal));
  }

  private void sweep() {
    if (!sweeping.tryLock()) {
      return; // Somebody is at it.
    }
    try {
      Journal oldest = ended.peek();
      while (oldest != null && (bytes.get() > limits.maxJournalBytes() || expired(oldest))) {
        ended.remove();
        journals.remove(oldest.turn());
        oldest.forget();
        oldest = ended.peek();
      }
    } finally {
      sweeping.unlock();
    }
  }

  private boolean expired(Journal journal) {
    @Nullable Instant endedAt = journal.endedAt();
    return endedAt != null && endedAt.plus(limits.journalRetention()).isBefore(clock.instant());
  }
}
