package dev.groqchat.adapters.persistence.redis;

import dev.groqchat.adapters.persistence.memory.Journal;
import dev.groqchat.adapters.persistence.memory.LocalJournals;
import dev.groqchat.adapters.persistence.redis.SharedJournals.Batch;
import dev.groqchat.adapters.persistence.redis.SharedJournals.Outcome;
import dev.groqchat.application.port.out.TurnJournal.Progress;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.turn.NumberedEvent;
import dev.groqchat.domain.turn.TurnEvent;
import dev.groqchat.domain.turn.TurnId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * The way of a journal that this instance writes to Redis. It follows the local journal like any
 * other follower, in batches: what Redis lacks is what comes after the last number that it is known
 * to have, whatever the reason. So there is no second buffer to be bounded, and where Redis was
 * away, or has lost what it had, nothing to do but to go on. Thread-safe.
 *
 * <p>Only the ending goes to Redis first: the end that is seen here is the end that all see, unless
 * Redis is away.
 */
final class Publication {
  /** Events of a batch. */
  static final int MOST_AT_ONCE = 1_000;

  /** Batches at a time, with those that are refused because Redis is elsewhere than was known. */
  private static final int MOST_BATCHES = 8;

  private final TurnId turn;
  private final Journal journal;
  private final LocalJournals local;
  private final SharedJournals shared;
  private final JournalPace pace;
  private final BiConsumer<Publication, State> over;
  private final Chores.Chore chore;

  /** Held while Redis is asked. */
  private final ReentrantLock writing = new ReentrantLock();

  // Guarded by writing.
  private long written;
  private long trimmed;

  /** Guarded by this, with the order of the local journal. */
  private State state = State.OPEN;

  private volatile boolean watched;
  private volatile long nextWrite = System.nanoTime();

  /** How far it has come. */
  enum State {
    OPEN,
    /** The ending is in Redis, or the journal is no longer kept here. */
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
    this.shared = shared;
    this.pace = pace;
    this.over = over;
    this.chore = chores.chore(this::flushIfDue);
    this.written = journal.last();
  }

  TurnId turn() {
    return turn;
  }

  Journal journal() {
    return journal;
  }

  /** Whether others watched it when something was written last. */
  boolean watched() {
    return watched;
  }

  /** Up to which number Redis is known to have it. */
  long written() {
    writing.lock();
    try {
      return written;
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

  private void tellIfOver() {
    State now = state();
    if (now != State.OPEN) {
      chore.cancel();
      over.accept(this, now);
    }
  }

  /** Writes what Redis lacks, and then more, which is not in the journal yet; as far as it can. */
  private void push(List<TurnEvent> more) {
    long began = System.nanoTime();
    try {
      int batches = 0;
      while (write(more)) {
        if (++batches == MOST_BATCHES) {
          chore.within(Duration.ZERO);
          return;
        }
      }
      nextWrite = began + (watched ? pace.watched() : pace.unwatched()).toNanos();
    } catch (ChatException _) {
      // Redis is away, which the gate has said.
      nextWrite = began + pace.retry().toNanos();
      chore.within(pace.retry());
    }
  }

  /** Writes a batch; false if there is none. */
  private boolean write(List<TurnEvent> more) {
    if (journal.isForgotten()) {
      state(State.DONE);
    }
    Batch batch = batch(journal.backlog(written, trimmed, MOST_AT_ONCE), more);
    if (state() != State.OPEN || batch.events().isEmpty()) {
      return false;
    }
    learn(batch, shared.append(turn, batch));
    return true;
  }

  private Batch batch(Journal.Backlog backlog, List<TurnEvent> more) {
    Progress before = backlog.before();
    long previous = before == null ? written : Math.max(written, before.lastSeq());
    List<TurnEvent> events = backlog.events().stream().map(NumberedEvent::event).toList();
    boolean reachesTheEnd = previous + events.size() == backlog.last();
    return new Batch(
        before,
        previous,
        reachesTheEnd ? Stream.concat(events.stream(), more.stream()).toList() : events);
  }

  private void learn(Batch batch, Outcome outcome) {
    switch (outcome.result()) {
      case WRITTEN -> {
        written = batch.last();
        trimmed = batch.before() == null ? trimmed : batch.before().lastSeq();
        watched = outcome.watched();
        if (batch.ends()) {
          state(State.DONE);
        }
      }
      case ELSEWHERE -> written = outcome.last();
      case ABSENT -> {
        // Redis has lost it. If somebody else is quicker now, the next batch is refused.
        boolean _ = shared.open(turn);
        written = 0;
        trimmed = 0;
      }
      case ENDED -> state(State.DONE); // By a call of ours whose answer did not come in time.
      case CLAIMED -> state(State.CLAIMED);
    }
  }

  private synchronized State state() {
    return state;
  }

  private synchronized void state(State next) {
    state = next;
  }
}
