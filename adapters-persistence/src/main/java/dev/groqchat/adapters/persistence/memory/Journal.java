package dev.groqchat.adapters.persistence.memory;

import dev.groqchat.application.port.Following;
import dev.groqchat.application.port.out.TurnJournal.Progress;
import dev.groqchat.domain.turn.NumberedEvent;
import dev.groqchat.domain.turn.TurnEvent;
import dev.groqchat.domain.turn.TurnId;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The journal of one turn. Followers share its events; each only knows how far it has come. The
 * oldest events go when there are too many, but the reply's text stays whole. Thread-safe.
 */
public final class Journal {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final TurnId turn;

  /** Guarded by lock. */
  private final JournalContent content;

  private volatile @Nullable Instant endedAt;
  private volatile boolean forgotten;

  /**
   * A journal without events.
   *
   * @param maxEvents how many it keeps
   * @param allBytes what all journals take, to which this one adds
   */
  public Journal(TurnId turn, int maxEvents, AtomicLong allBytes) {
    this.turn = turn;
    this.content = new JournalContent(maxEvents, allBytes);
  }

  TurnId turn() {
    return turn;
  }

  /** Null while it goes on. */
  @Nullable Instant endedAt() {
    return endedAt;
  }

  /** Whether the ending is in it. */
  public boolean hasEnded() {
    return endedAt != null;
  }

  /** Whether {@link #forget} was called. */
  public boolean isForgotten() {
    return forgotten;
  }

  /** See the port; wakes the followers once for the whole batch. */
  public long append(List<TurnEvent> batch, Instant now) {
    return locked(() -> {
      if (endedAt != null) {
        throw new IllegalStateException("nothing follows a turn's ending: " + turn);
      }
      batch.forEach(content::add);
      if (batch.getLast() instanceof TurnEvent.Ending) {
        content.pack();
        endedAt = now;
      }
      news.signalAll();
      return content.last();
    });
  }

  /** What comes after a number, live. */
  public Following follow(long after) {
    return new JournalFollowing(this, after);
  }

  /**
   * Blocks until there is something after a place, or never will be, or somebody has left.
   *
   * @return empty if nothing came in time, or never will
   */
  List<NumberedEvent> await(JournalFollowing place, long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long patience = nanos;
      while (!content.hasNews(place) && !isOver(place) && !place.closed() && patience > 0) {
        patience = news.awaitNanos(patience);
      }
      return isOver(place) || place.closed() ? List.of() : content.next(place);
    } finally {
      lock.unlock();
    }
  }

  /** Whether nothing will ever come after a place. */
  boolean over(JournalFollowing place) {
    return locked(() -> isOver(place));
  }

  private boolean isOver(JournalFollowing place) {
    return forgotten || (endedAt != null && !content.hasNews(place));
  }

  /** The reply so far. */
  public Progress progress() {
    return locked(content::progress);
  }

  /** The number of the last event. */
  public long last() {
    return locked(content::last);
  }

  /**
   * What to copy elsewhere that has come as far as a number.
   *
   * @param trimmed up to which number the copy keeps no events; it is told to drop some when this
   *     has dropped half as many as it keeps
   */
  public Backlog backlog(long after, long trimmed, int most) {
    return locked(() -> content.backlog(after, trimmed, most));
  }

  /**
   * A part of a journal.
   *
   * @param before what the events that are not to be kept said together; null if none was dropped
   * @param events in order; may begin later than asked for, but then right after {@code before}
   * @param last the number of the journal's last event
   */
  public record Backlog(@Nullable Progress before, List<NumberedEvent> events, long last) {}

  /**
   * Goes on after events that it never saw: what it had is dropped, and who has not come as far
   * gets a gap.
   */
  public void skipTo(Progress progress) {
    change(() -> content.skipTo(progress));
  }

  /**
   * Takes back what comes after a number: somebody else goes on from there. Who had come further
   * gets a gap. Does nothing but {@link #forget} if that is no longer possible.
   */
  public void cut(long after) {
    change(() -> {
      if (endedAt == null && content.canCut(after)) {
        content.cut(after);
      } else {
        forget();
      }
    });
  }

  /** Lets go of everything, so that a follower that forgot to leave holds nothing but this. */
  public void forget() {
    change(() -> {
      forgotten = true;
      content.clear();
    });
  }

  /** Lets blocked followers see whether they have left. */
  void wake() {
    change(() -> {});
  }

  private void change(Runnable action) {
    lock.lock();
    try {
      action.run();
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private <T> T locked(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }
}
