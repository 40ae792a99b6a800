package dev.groqchat.adapters.persistence.redis;

import dev.groqchat.adapters.persistence.memory.Journal;
import dev.groqchat.adapters.persistence.memory.LocalJournals;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.turn.TurnEvent;
import dev.groqchat.domain.turn.TurnId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;

/**
 * A journal that this instance writes, on its way to Redis. What is appended is in the local
 * journal at once, and in Redis with the next batch. Only the ending goes to Redis first: the end
 * that is seen here is the end that all see, unless Redis is away. Thread-safe.
 *
 * <p>Longer than a class should be: what is appended, written and refused is kept under one lock.
 */
final class Publication {
  /** Batches at a time, with those that are refused because Redis is elsewhere than was known. */
  private static final int MOST_BATCHES = 8;

  private final TurnId turn;
  private final Journal journal;
  private final LocalJournals local;
  private final JournalPace pace;
  private final BiConsumer<Publication, State> over;
  private final SharedJournals shared;
  private final Chores.Chore chore;
  private final Chores.Chore check;

  /** Held while Redis is asked, and for what it has. */
  private final ReentrantLock writing = new ReentrantLock();

  private final JournalCopy copy;
  private volatile long nextWrite = System.nanoTime();

  /** Guarded by this, with the order of the local journal. */
  private State state = State.OPEN;

  /** How far it has come. */
  enum State {
    OPEN,
    /** Redis has all, or the journal is no longer kept here. */
    DONE,
    /** Another instance has become the writer. */
    CLAIMED
  }

  /**
   * A way for what comes after what the journal holds now.
   *
   * @param over told, maybe more than once, when nothing more will be written
   */
  Publication(
      TurnId turn,
      Journal journal,
      LocalJournals local,
      SharedJournals shared,
      JournalPace pace,
      Chores chores,
      BiConsumer<Publication, State> over) {
    this.turn = turn;
    this.journal = journal;
    this.local = local;
    this.pace = pace;
    this.over = over;
    this.copy = new JournalCopy(turn, journal, shared);
    this.shared = shared;
    this.chore = chores.chore(this::flushIfDue);
    this.check = chores.chore(this::checkWriter);
  }

  TurnId turn() {
    return turn;
  }

  Journal journal() {
    return journal;
  }

  /** Whether others watched it when something was written last. */
  boolean watched() {
    return copy.watched();
  }

  /** Up to which number Redis is known to have it. */
  long written() {
    writing.lock();
    try {
      return copy.written();
    } finally {
      writing.unlock();
    }
  }

  /** See the port. Blocks for an ending alone. */
  long append(List<TurnEvent> events) {
    if (events.getLast() instanceof TurnEvent.Ending) {
      return end(events);
    }
    long last = appendHere(events);
    chore.within(untilDue());
    return last;
  }

  private Duration untilDue() {
    return Duration.ofNanos(Math.max(0, nextWrite - System.nanoTime()));
  }

  private synchronized long appendHere(List<TurnEvent> events) {
    requireOurs();
    return local.append(journal, events);
  }

  private synchronized void requireOurs() {
    if (state == State.CLAIMED) {
      throw new IllegalStateException("another instance writes the journal of " + turn);
    }
  }

  /** An ending that Redis did not take in time is seen here all the same, and written later. */
  private long end(List<TurnEvent> events) {
    writing.lock();
    try {
      requireOurs();
      if (!journal.hasEnded()) {
        push(events);
      }
      return appendHere(events);
    } finally {
      writing.unlock();
      tellIfOver();
    }
  }

  /** Writes what Redis lacks, if it can. */
  void flush() {
    writing.lock();
    try {
      push(List.of());
    } finally {
      writing.unlock();
      tellIfOver();
    }
  }

  /** The same, unless something else has written in between. */
  private void flushIfDue() {
    writing.lock();
    try {
      if (untilDue().isZero()) {
        flush();
      } else {
        chore.within(untilDue());
      }
    } finally {
      writing.unlock();
    }
  }

  /** Writes what Redis lacks, and then more, which is not in the journal yet; as far as it can. */
  private void push(List<TurnEvent> more) {
    long began = System.nanoTime();
    try {
      Duration pause = pushed(more) ? paceNow() : Duration.ZERO;
      nextWrite = began + pause.toNanos();
    } catch (ChatException _) {
      // Redis is away, which the gate has said.
      nextWrite = began + pace.retry().toNanos();
      chore.within(pace.retry());
    }
  }

  private Duration paceNow() {
    return copy.watched() ? pace.watched() : pace.unwatched();
  }

  /** Whether that was all; if not, the rest is done next. */
  private boolean pushed(List<TurnEvent> more) {
    for (int batches = 0; state() == State.OPEN && batches < MOST_BATCHES; batches++) {
      switch (copy.write(more)) {
        case MORE -> {}
        case ALL -> {
          return true;
        }
        case OVER -> state(State.DONE);
        case CLAIMED -> state(State.CLAIMED);
      }
    }
    if (state() == State.OPEN) {
      chore.within(Duration.ZERO);
    }
    return state() != State.OPEN;
  }

  /** Another instance may have become the writer: finds out soon. */
  void told() {
    check.within(Duration.ZERO);
  }

  private void checkWriter() {
    writing.lock();
    try {
      if (state() == State.OPEN && shared.claimedByAnother(turn)) {
        state(State.CLAIMED);
      }
    } catch (ChatException _) {
      check.within(pace.retry());
    } finally {
      writing.unlock();
      tellIfOver();
    }
  }

  private void tellIfOver() {
    State now = state();
    if (now != State.OPEN) {
      chore.cancel();
      check.cancel();
      over.accept(this, now);
    }
  }

  private synchronized State state() {
    return state;
  }

  private synchronized void state(State next) {
    state = next;
  }
}
