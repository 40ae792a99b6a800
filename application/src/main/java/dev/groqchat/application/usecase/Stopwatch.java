package dev.groqchat.application.usecase;

import dev.groqchat.domain.turn.Timings;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Measures where the time of a turn or a relay goes. For one thread at a time. */
final class Stopwatch {
  private final LongSupplier nanos;
  private final long begin;
  private long queued;
  private long inModel;
  private long firstToken = -1;
  private long elsewhere;
  private long gone = -1;

  Stopwatch(LongSupplier nanos) {
    this.nanos = nanos;
    this.begin = nanos.getAsLong();
  }

  /** Waits to be let in. */
  <T extends @Nullable Object> T queueing(Stoppable open, Stoppable.Wait<T> wait)
      throws InterruptedException {
    long from = nanos.getAsLong();
    try {
      return open.interruptibly(wait);
    } finally {
      queued += nanos.getAsLong() - from;
    }
  }

  /** Waits for the model. */
  <T extends @Nullable Object> T asking(Stoppable open, Stoppable.Wait<T> wait)
      throws InterruptedException {
    long from = nanos.getAsLong();
    try {
      return open.interruptibly(wait);
    } finally {
      inModel += nanos.getAsLong() - from;
    }
  }

  /** Something of the reply is here; only the first time counts. */
  void token() {
    if (firstToken < 0) {
      firstToken = nanos.getAsLong() - begin;
    }
  }

  /** Nothing can go on here until {@link #back()}: it is with whoever asked for it. */
  void gone() {
    gone = nanos.getAsLong();
  }

  /** It goes on here. */
  void back() {
    if (gone >= 0) {
      elsewhere += nanos.getAsLong() - gone;
      gone = -1;
    }
  }

  /** How long it has taken, without the wait to be let in. */
  Duration sinceQueue() {
    return Duration.ofNanos(nanos.getAsLong() - begin - queued);
  }

  /** The timings up to here. */
  Timings stop() {
    long total = nanos.getAsLong() - begin;
    return new Timings(
        Duration.ofNanos(queued),
        firstToken < 0 ? null : Duration.ofNanos(firstToken),
        Duration.ofNanos(total),
        Duration.ofNanos(Math.max(0, total - queued - inModel - elsewhere)));
  }
}
