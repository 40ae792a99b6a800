package dev.groqchat.application.usecase.admission;

import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/** Somebody's place in the queue, until it is let in or leaves. To be closed in any case. */
public final class Place implements AutoCloseable {
  /** A wait that changes by less than this is not worth a word. */
  private static final Duration SLACK = Duration.ofSeconds(1);

  private final FairQueue queue;
  private final Wish wish;
  private final Instant since;
  private final Condition changed;

  // Guarded by the queue's lock.
  private State state = new State.Waiting();
  private Runnable endPatience = () -> {};
  private @Nullable Notice latest;
  private @Nullable Notice worthTelling;
  private @Nullable Notice told;

  Place(FairQueue queue, Wish wish, Instant since, Condition changed) {
    this.queue = queue;
    this.wish = wish;
    this.since = since;
    this.changed = changed;
  }

  Wish wish() {
    return wish;
  }

  Instant since() {
    return since;
  }

  /**
   * Waits to be let in.
   *
   * @param teller is told where it stands, whenever that changes noticeably; in this thread
   * @throws NeverFits if the provider has never room for so many tokens
   * @throws ChatException {@link Failure.TooBusy} if it takes too long, {@link Failure.ModelBusy}
   *     if the provider has no room for longer than anybody waits
   */
  public Permit await(Teller teller) throws InterruptedException {
    Permit permit = permitOrNews();
    while (permit == null) {
      Notice news = queue.locked(() -> told = worthTelling);
      if (news != null) {
        teller.tell(news.position(), news.eta());
      }
      permit = permitOrNews();
    }
    return permit;
  }

  /** Blocks until it is let in, or there is something new to tell: then null. */
  private @Nullable Permit permitOrNews() throws InterruptedException {
    queue.lock();
    try {
      while (state instanceof State.Waiting && Objects.equals(told, worthTelling)) {
        changed.await();
      }
      return switch (state) {
        case State.Waiting _ -> null;
        case State.Admitted(Permit permit) -> {
          state = new State.Over();
          yield permit;
        }
        case State.Refused(RuntimeException why) -> throw why;
        case State.Over _ -> throw new IllegalStateException("a place is waited in once");
      };
    } finally {
      queue.unlock();
    }
  }

  /** Under the lock. */
  boolean waiting() {
    return state instanceof State.Waiting;
  }

  /** Under the lock. Where it stood last; null if nobody has looked yet. */
  @Nullable Notice latest() {
    return latest;
  }

  /** Under the lock. */
  State state() {
    return state;
  }

  /** Under the lock. What is to be called when it waits no more. */
  void patientUntil(Runnable cancel) {
    endPatience = cancel;
  }

  /** Under the lock. */
  void become(State next) {
    state = next;
    endPatience.run();
    changed.signalAll();
  }

  /** Under the lock. */
  void stands(Notice notice) {
    latest = notice;
    if (worthTelling == null || worthTelling.differs(notice)) {
      worthTelling = notice;
      changed.signalAll();
    }
  }

  /** Leaves, if it waits; gives back what it was given, if nobody has taken it. */
  @Override
  public void close() {
    queue.leave(this);
  }

  /** Tells somebody where they stand. */
  @FunctionalInterface
  public interface Teller {
    /**
     * It waits.
     *
     * @param position 1 for the next to go
     * @param eta how long it may still take; an estimate
     */
    void tell(int position, Duration eta);
  }

  /** Where a place stood at a moment. */
  record Notice(int position, Duration eta, Instant at) {

    /** Whether somebody who knows only this should hear of the other one. */
    boolean differs(Notice later) {
      Duration expected = eta.minus(Duration.between(at, later.at));
      boolean moved = Math.abs(position - later.position) * 10 > position;
      return moved
          || later.eta.compareTo(longer(expected.multipliedBy(2), SLACK)) > 0
          || expected.compareTo(longer(later.eta.multipliedBy(2), SLACK)) > 0;
    }

    private static Duration longer(Duration one, Duration other) {
      return one.compareTo(other) >= 0 ? one : other;
    }
  }

  /** What has become of a place. */
  sealed interface State {
    record Waiting() implements State {}

    /** Let in, but nobody has come for the permit yet. */
    record Admitted(Permit permit) implements State {}

    record Refused(RuntimeException why) implements State {}

    record Over() implements State {}
  }
}
