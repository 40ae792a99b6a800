package dev.groqchat.adapters.persistence.redis;

import dev.groqchat.adapters.persistence.memory.Journal;
import dev.groqchat.adapters.persistence.redis.JournalPart.Entry;
import dev.groqchat.adapters.persistence.redis.JournalPart.Place;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.turn.TurnEvent;
import dev.groqchat.domain.turn.TurnId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a local journal as far as Redis has come with it: reads when it is told that there is news,
 * and every few seconds in case it was not. Ends with the journal, or when it is closed.
 * Thread-safe.
 */
final class Mirror implements AutoCloseable {
  /** Of how many readings in a row a journal is missing before it is taken for lost. */
  private static final int MOST_MISSES = 3;

  /**
   * And for how long at least: a Redis that comes back empty has the journal again as soon as its
   * writer's gate has opened, which may be later than ours.
   */
  private static final Duration MISSED = Duration.ofSeconds(2);

  private final TurnId turn;
  private final Journal journal;
  private final Consumer<List<TurnEvent>> into;
  private final SharedJournals shared;
  private final @Nullable String watcher;
  private final JournalPace pace;
  private final Chores.Chore chore;

  /** Held while Redis is asked. */
  private final ReentrantLock reading = new ReentrantLock();

  // Guarded by reading.
  private String entry;
  private boolean read;
  private int misses;
  private long missingSince;

  private volatile boolean closed;

  /**
   * A mirror that has not read anything yet.
   *
   * @param into takes the events into the journal
   * @param entry the last entry that the journal has already
   * @param watcher under which name it watches; null if it is not to keep the turn going
   */
  Mirror(
      TurnId turn,
      Journal journal,
      Consumer<List<TurnEvent>> into,
      String entry,
      @Nullable String watcher,
      SharedJournals shared,
      JournalPace pace,
      Chores chores) {
    this.turn = turn;
    this.journal = journal;
    this.into = into;
    this.entry = entry;
    this.watcher = watcher;
    this.shared = shared;
    this.pace = pace;
    this.chore = chores.chore(this::reread);
  }

  Journal journal() {
    return journal;
  }

  /** There may be news. */
  void told() {
    chore.within(Duration.ZERO);
  }

  /**
   * Reads for the first time, unless that was done.
   *
   * @return false if there is no such journal
   * @throws ChatException {@link Failure.StoreUnavailable}
   */
  boolean begin() {
    reading.lock();
    try {
      return read || read();
    } finally {
      reading.unlock();
    }
  }

  /** Reads what there is; see {@link #begin}. */
  boolean read() {
    reading.lock();
    try {
      boolean found = readAll();
      read |= found;
      if (!goesOn()) {
        close();
      } else if (read) {
        chore.within(pace.rereading());
      }
      return found;
    } finally {
      reading.unlock();
    }
  }

  private void reread() {
    try {
      misses = read() ? 0 : misses + 1;
      if (misses == 1) {
        missingSince = System.nanoTime();
      }
      if (misses >= MOST_MISSES && System.nanoTime() - missingSince > MISSED.toNanos()) {
        journal.forget();
        close();
      }
    } catch (ChatException _) {
      chore.within(pace.retry()); // Redis is away, which the gate has said.
    } catch (RuntimeException e) {
      journal.forget(); // What cannot be read is not waited for.
      close();
      throw e;
    }
  }

  private boolean readAll() {
    Optional<JournalPart> part;
    do {
      part = shared.read(turn, new Place(entry, journal.last()), closed ? null : watcher);
      part.ifPresent(this::take);
    } while (part.isPresent() && part.get().full() && goesOn());
    return part.isPresent();
  }

  private boolean goesOn() {
    return !closed && !journal.hasEnded() && !journal.isForgotten();
  }

  private void take(JournalPart part) {
    if (part.before() != null && part.before().lastSeq() > journal.last()) {
      journal.skipTo(part.before());
    }
    for (Entry next : part.entries()) {
      if (goesOn()) {
        take(next);
      }
      entry = next.id();
    }
  }

  private void take(Entry next) {
    long known = journal.last() - (next.last() - next.events().size());
    if (next.claims()) {
      journal.cut(next.last());
    } else if (known < 0) {
      journal.forget(); // Something is missing that nothing stands for: better nothing than that.
    } else if (known < next.events().size()) {
      into.accept(next.events().subList((int) known, next.events().size()));
    }
  }

  /** Whether it reads no more. */
  boolean isClosed() {
    return closed;
  }

  /** Idempotent. */
  @Override
  public void close() {
    closed = true;
    chore.cancel();
    if (watcher != null) {
      shared.leave(turn, watcher);
    }
  }
}
