package dev.groqchat.adapters.persistence.memory;

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
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The journal of one turn. Followers share its events; each only knows how far it has come. The
 * oldest events go when there are too many, but the reply's text stays whole. Thread-safe.
 */
final class Journal {
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
  private KeptEvents events;
  private StringBuilder text = new StringBuilder();
  private StringBuilder reasoning = new StringBuilder();

  /** How many chars of the text are from events that are no longer kept. */
  private int droppedText;

  private long bytes;
  private volatile @Nullable Instant endedAt;
  private volatile boolean forgotten;

  /**
   * A journal without events.
   *
   * @param allBytes what all journals take, to which this one adds
   */
  Journal(TurnId turn, int maxEvents, AtomicLong allBytes) {
    this.turn = turn;
    this.maxEvents = maxEvents;
    this.allBytes = allBytes;
    this.events = new KeptEvents(maxEvents);
  }

  TurnId turn() {
    return turn;
  }

  /** Null while it goes on. */
  @Nullable Instant endedAt() {
    return endedAt;
  }

  /** Counts it among all journals. */
  void opened() {
    locked(() -> take(Footprint.JOURNAL));
  }

  /** See the port; wakes the followers once for the whole batch. */
  long append(List<TurnEvent> batch, Instant now) {
    return locked(() -> {
      if (endedAt != null) {
        throw new IllegalStateException("nothing follows a turn's ending: " + turn);
      }
      batch.forEach(this::append);
      if (batch.getLast() instanceof TurnEvent.Ending) {
        end(now);
      }
      news.signalAll();
      return events.last();
    });
  }

  private void append(TurnEvent event) {
    TurnEvent dropped = events.add(event);
    take(Footprint.of(event));
    switch (event) {
      case TurnEvent.Delta delta -> keepText(text, delta.text());
      case TurnEvent.Reasoning thought -> keepText(reasoning, thought.text());
      case TurnEvent.Queued _, TurnEvent.Started _, TurnEvent.Gap _, TurnEvent.Ending _ -> {}
    }
    if (dropped != null) {
      take(-Footprint.of(dropped));
      droppedText += dropped instanceof TurnEvent.Delta delta ? delta.text().length() : 0;
    }
  }

  private void keepText(StringBuilder whole, String piece) {
    whole.append(piece);
    take(Footprint.text(piece));
  }

  private void end(Instant now) {
    text.trimToSize();
    reasoning.trimToSize();
    endedAt = now;
  }

  /**
   * Blocks until there is something after a number, or never will be, or somebody has left.
   *
   * @param left asked whenever the journal was woken
   * @return empty if nothing came in time, or never will
   */
  List<NumberedEvent> awaitAfter(long seq, long nanos, BooleanSupplier left)
      throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long patience = nanos;
      while (events.last() <= seq && !isOver(seq) && !left.getAsBoolean() && patience > 0) {
        patience = news.awaitNanos(patience);
      }
      return isOver(seq) || left.getAsBoolean() ? List.of() : after(seq);
    } finally {
      lock.unlock();
    }
  }

  private List<NumberedEvent> after(long seq) {
    List<NumberedEvent> kept = events.after(seq, MOST_AT_ONCE);
    long missing = events.first() - 1;
    if (seq >= missing) {
      return kept;
    }
    List<NumberedEvent> all = new ArrayList<>(kept.size() + 1);
    all.add(new NumberedEvent(missing, new TurnEvent.Gap(text.substring(0, droppedText))));
    all.addAll(kept);
    return all;
  }

  /** Whether nothing will ever come after a number. */
  boolean over(long seq) {
    return locked(() -> isOver(seq));
  }

  private boolean isOver(long seq) {
    return forgotten || (endedAt != null && seq >= events.last());
  }

  /** Lets blocked followers see whether they have left. */
  void wake() {
    locked(() -> {
      news.signalAll();
      return true;
    });
  }

  Progress progress() {
    return locked(() -> new Progress(text.toString(), reasoning.toString(), events.last()));
  }

  /** Lets go of everything, so that a follower that forgot to leave holds nothing but this. */
  void forget() {
    locked(() -> {
      forgotten = true;
      events = new KeptEvents(maxEvents);
      text = new StringBuilder();
      reasoning = new StringBuilder();
      news.signalAll();
      return take(-bytes);
    });
  }

  private long take(long more) {
    bytes += more;
    return allBytes.addAndGet(more);
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
