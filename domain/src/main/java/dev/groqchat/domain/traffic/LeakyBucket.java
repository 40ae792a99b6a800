package dev.groqchat.domain.traffic;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * A bucket that runs empty at a steady rate: full after {@code limit}, empty again one window
 * later. What is in it is a single number, the moment at which it will be empty.
 *
 * @param limit the most that fits
 * @param window how long a full one takes to run empty
 * @param emptyAt a moment that has passed means that it is empty
 */
public record LeakyBucket(long limit, Duration window, Instant emptyAt) {
  public LeakyBucket {
    Objects.requireNonNull(emptyAt, "emptyAt");
    if (limit < 1 || !window.isPositive()) {
      throw new IllegalArgumentException("no bucket: " + limit + " in " + window);
    }
  }

  static LeakyBucket empty(long limit, Duration window, Instant now) {
    return new LeakyBucket(limit, window, now);
  }

  /** What is in it, rounded up. */
  long level(Instant now) {
    return scaled(left(now).toNanos(), limit, window.toNanos());
  }

  /** How long to wait until so much fits; what is over the limit fits in parts, one by one. */
  Duration waitFor(long amount, Instant now) {
    Duration over = left(now).plus(timeOf(amount)).minus(window);
    return over.isNegative() ? Duration.ZERO : over;
  }

  LeakyBucket with(long amount, Instant now) {
    return new LeakyBucket(limit, window, now.plus(left(now)).plus(timeOf(amount)));
  }

  LeakyBucket without(long amount) {
    return new LeakyBucket(limit, window, emptyAt.minus(timeOf(amount)));
  }

  private Duration left(Instant now) {
    return emptyAt.isAfter(now) ? Duration.between(now, emptyAt) : Duration.ZERO;
  }

  private Duration timeOf(long amount) {
    return Duration.ofNanos(scaled(amount, window.toNanos(), limit));
  }

  /**
   * {@code a * b / c}, rounded up. A day of nanoseconds times a limit is more than a long holds.
   */
  static long scaled(long a, long b, long c) {
    BigInteger divisor = BigInteger.valueOf(c);
    return BigInteger.valueOf(a)
        .multiply(BigInteger.valueOf(b))
        .add(divisor.subtract(BigInteger.ONE))
        .divide(divisor)
        .min(BigInteger.valueOf(Long.MAX_VALUE))
        .longValueExact();
  }
}
