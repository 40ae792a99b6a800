package dev.groqchat.application.usecase;

import dev.groqchat.domain.turn.Timings;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Measures where a turn's time goes. For the turn's thread. */
final class Stopwatch {
  private final LongSupplier nanos;
  private final long begin;
  private long queued;
  private long inModel;
  private long firstToken = -1;

  Stopwatch(LongSupplier nanos) {
    this.nanos = nanos;
    this.begin = nanos.getAsLong();
  }

  /** Waits for the turn to be let in. */
  <T extends @Nullable Object> T queueing(OpenTurn turn, OpenTurn.Wait<T> wait)
      throws InterruptedException {
    long from = nanos.getAsLong();
    try {
      return turn.interruptibly(wait);
    } finally {
      queued += nanos.getAsLong() - from;
    }
  }

  /** Waits for the model. */
  <T extends @Nullable Object> T asking(OpenTurn turn, OpenTurn.Wait<T> wait)
      throws InterruptedException {
    long from = nanos.getAsLong();
    try {
      return turn.interruptibly(wait);
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
        Duration.ofNanos(Math.max(0, total - queued - inModel)));
  }
}
