package dev.groqchat.adapters.persistence.memory;

import dev.groqchat.application.port.Following;
import dev.groqchat.application.port.out.TurnJournal.Progress;
import dev.groqchat.domain.turn.NumberedEvent;
import dev.groqchat.domain.turn.TurnEvent;
import dev.groqchat.domain.turn.TurnId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The journal of one turn. Followers share its events; each only knows how far it has come. The
 * oldest events go when there are too many, but the reply's text stays whole. Thread-safe.
 *
 * <p>A few lines longer than a class should be: all of it happens under its one lock.
 */
public final class Journal {
  /**
   * What a follower is given at once: many times what comes while it writes, and little enough that
   * a thousand of them who are stuck with it cost little.
   */
  private static final int MOST_AT_ONCE = 128;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final TurnId turn;
  private final int maxEvents;
  private final AtomicLong allBytes;

  // Guarded by lock.
  private KeptEvents events;
  private KeptReply reply = new KeptReply();
  private Cuts cuts = Cuts.NONE;
  private long bytes;

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
    this.maxEvents = maxEvents;
    this.allBytes = allBytes;
    this.events = new KeptEvents(maxEvents, 0);
    take(Footprint.JOURNAL);
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
      batch.forEach(this::append);
      if (batch.getLast() instanceof TurnEvent.Ending) {
        reply.trimToSize();
        endedAt = now;
      }
      news.signalAll();
      return events.last();
    });
  }

  private void append(TurnEvent event) {
    TurnEvent dropped = events.add(event);
    reply.add(event);
    take(Footprint.of(event) + KeptReply.bytes(event));
    if (dropped != null) {
      reply.drop(dropped);
      take(-Footprint.of(dropped));
    }
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
      while (!hasNews(place) && !isOver(place) && !place.closed() && patience > 0) {
        patience = news.awaitNanos(patience);
      }
      return isOver(place) || place.closed() ? List.of() : moved(place);
    } finally {
      lock.unlock();
    }
  }

  private boolean hasNews(JournalFollowing place) {
    return events.last() > place.seq() || inDoubt(place);
  }

  private boolean inDoubt(JournalFollowing place) {
    return cuts.doubts(place.seq(), place.cuts());
  }

  private List<NumberedEvent> moved(JournalFollowing place) {
    List<NumberedEvent> given = after(place);
    if (!given.isEmpty()) {
      place.moved(given.getLast().seq(), cuts.count());
    }
    return given;
  }

  private List<NumberedEvent> after(JournalFollowing place) {
    long missing = events.first() - 1;
    if (inDoubt(place) && cuts.last() > missing) {
      return afterGap(cuts.last(), reply.textUpTo(cuts.text()));
    }
    if (inDoubt(place) || place.seq() < missing) {
      return afterGap(missing, reply.droppedText());
    }
    return events.after(place.seq(), MOST_AT_ONCE);
  }

  private List<NumberedEvent> afterGap(long seq, String text) {
    List<NumberedEvent> all = new ArrayList<>();
    all.add(new NumberedEvent(seq, new TurnEvent.Gap(text)));
    all.addAll(events.after(seq, MOST_AT_ONCE));
    return all;
  }

  /** Whether nothing will ever come after a place. */
  boolean over(JournalFollowing place) {
    return locked(() -> isOver(place));
  }

  private boolean isOver(JournalFollowing place) {
    return forgotten || (endedAt != null && !hasNews(place));
  }

  /** Lets blocked followers see whether they have left. */
  void wake() {
    locked(() -> {
      news.signalAll();
      return true;
    });
  }

  /** The reply so far. */
  public Progress progress() {
    return locked(() -> new Progress(reply.text(), reply.reasoning(), events.last()));
  }

  /** The number of the last event. */
  public long last() {
    return locked(() -> events.last());
  }

  /**
   * What to copy elsewhere that has come as far as a number.
   *
   * @param trimmed up to which number the copy keeps no events; it is told to drop some when this
   *     has dropped half as many as it keeps
   */
  public Backlog backlog(long after, long trimmed, int most) {
    return locked(() -> {
      long missing = events.first() - 1;
      boolean lacking = missing > after || missing - trimmed > maxEvents / 2;
      Progress before =
          lacking ? new Progress(reply.droppedText(), reply.droppedReasoning(), missing) : null;
      return new Backlog(before, events.after(after, most), events.last());
    });
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
    locked(() -> {
      events = new KeptEvents(maxEvents, progress.lastSeq());
      reply = KeptReply.dropped(progress.text(), progress.reasoning());
      news.signalAll();
      long size = Footprint.text(progress.text()) + Footprint.text(progress.reasoning());
      return take(Footprint.JOURNAL + size - bytes);
    });
  }

  /**
   * Takes back what comes after a number: somebody else goes on from there. Who had come further
   * gets a gap. Does nothing but {@link #forget} if that is no longer possible.
   */
  public void cut(long after) {
    locked(() -> {
      if (endedAt != null || after < events.first() - 1 || after > events.last()) {
        return forget();
      }
      while (events.last() > after) {
        TurnEvent event = events.takeBack();
        reply.takeBack(event);
        take(-Footprint.of(event) - KeptReply.bytes(event));
      }
      cuts = cuts.and(after, reply.textLength());
      news.signalAll();
      return true;
    });
  }

  /** Lets go of everything, so that a follower that forgot to leave holds nothing but this. */
  @SuppressWarnings("UnusedReturnValue")
  public boolean forget() {
    return locked(() -> {
      forgotten = true;
      events = new KeptEvents(maxEvents, events.last());
      reply = new KeptReply();
      news.signalAll();
      return take(-bytes);
    });
  }

  private boolean take(long more) {
    bytes += more;
    allBytes.addAndGet(more);
    return true;
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
