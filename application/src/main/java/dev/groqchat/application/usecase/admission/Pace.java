package dev.groqchat.application.usecase.admission;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How long a turn takes these days: a moving average, for telling people how long they may wait.
 * Thread-safe.
 */
public final class Pace {
  private static final long FIRST_GUESS = Duration.ofSeconds(2).toNanos();

  /**
   * An old turn counts for half of what a turn three later counts for: quick to follow, slow to
   * panic.
   */
  private static final double WEIGHT = 0.2;

  private final AtomicLong average = new AtomicLong(FIRST_GUESS);

  public void turnTook(Duration duration) {
    average.updateAndGet(old -> (long) (old + WEIGHT * (duration.toNanos() - old)));
  }

  /** How long a turn may wait that has so many before it. */
  public Duration eta(int ahead) {
    return Duration.ofNanos(average.get()).multipliedBy(ahead);
  }
}
