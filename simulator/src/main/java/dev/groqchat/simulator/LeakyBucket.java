package dev.groqchat.simulator;

import java.math.BigInteger;
import java.time.Duration;

/**
 * A bucket that runs empty at a steady rate: full after {@code limit}, empty again one window
 * later. It is a single number, the moment at which it will be empty. Not thread-safe: {@link
 * Limits} guards it.
 */
final class LeakyBucket {
  private final long limit;
  private final long windowNanos;
  private long emptyAt = Long.MIN_VALUE;

  LeakyBucket(long limit, Duration window) {
    if (limit < 1) throw new IllegalArgumentException("limit is " + limit);
    this.limit = limit;
    this.windowNanos = window.toNanos();
  }

  long limit() {
    return limit;
  }

  /** What is in the bucket, rounded up: a promise made from it is always kept. */
  long used(long now) {
    long level = Math.max(0, Math.max(emptyAt, now) - now);
    var exact =
        BigInteger.valueOf(level)
            .multiply(
                BigInteger.valueOf(limit)); // a day of nanoseconds times a limit overflows a long
    return exact
        .add(BigInteger.valueOf(windowNanos - 1))
        .divide(BigInteger.valueOf(windowNanos))
        .longValueExact();
  }

  long remaining(long now) {
    return Math.max(0, limit - used(now));
  }

  boolean fits(long amount, long now) {
    return amount <= limit && used(now) + amount <= limit;
  }

  void add(long amount, long now) {
    emptyAt = Math.max(emptyAt, now) + nanosFor(amount);
  }

  /** The recorded formula: (limit - remaining) / limit x window. */
  Duration reset(long now) {
    return Duration.ofNanos(nanosFor(limit - remaining(now)));
  }

  /** How long until the amount fits: (used + requested - limit) / limit x window. */
  Duration waitFor(long amount, long now) {
    return Duration.ofNanos(nanosFor(Math.max(0, used(now) + amount - limit)));
  }

  /**
   * Rounded up, in two steps, so that a day of nanoseconds times a large amount does not overflow.
   */
  private long nanosFor(long amount) {
    return amount * (windowNanos / limit) + Math.ceilDiv(amount * (windowNanos % limit), limit);
  }
}
