package dev.groqchat.simulator;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * Durations as Go prints them, which is what stands in {@code x-ratelimit-reset-*}: {@code 26ms},
 * {@code 2m59.56s}.
 */
final class GoDuration {
  private static final long MICRO = 1_000;
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000_000_000;

  private GoDuration() {}

  static String format(Duration duration) {
    long nanos = duration.toNanos();
    if (nanos < 0) return "-" + format(duration.negated());
    if (nanos == 0) return "0s";
    if (nanos < MICRO) return nanos + "ns";
    if (nanos < MILLI) return decimal(nanos, 3) + "µs";
    if (nanos < SECOND) return decimal(nanos, 6) + "ms";
    long minutes = nanos / (60 * SECOND);
    String seconds = decimal(nanos % (60 * SECOND), 9) + "s";
    if (minutes == 0) return seconds;
    return minutes < 60
        ? minutes + "m" + seconds
        : minutes / 60 + "h" + minutes % 60 + "m" + seconds;
  }

  private static String decimal(long value, int scale) {
    return value == 0 ? "0" : BigDecimal.valueOf(value, scale).stripTrailingZeros().toPlainString();
  }
}
