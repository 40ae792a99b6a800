package dev.groqchat.domain.traffic;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A provider that keeps one bucket of tokens, counts each question when it arrives, and says with
 * each answer how it stands.
 */
final class Provider {
  private final long limit;
  private final Duration window;
  private final long surcharge;
  private double level;
  private Instant last = Instant.EPOCH;

  /** A provider that counts so many tokens more for each question than we do. */
  Provider(long limit, Duration window, long surcharge) {
    this.limit = limit;
    this.window = window;
    this.surcharge = surcharge;
  }

  /** What it says; empty if it refuses. */
  Optional<ProviderLimits> ask(Instant now, long cost) {
    double perNano = (double) limit / window.toNanos();
    level = Math.max(0, level - Duration.between(last, now).toNanos() * perNano);
    last = now;
    if (Math.ceil(level) + cost + surcharge > limit) {
      return Optional.empty();
    }
    level += cost + surcharge;
    return Optional.of(new ProviderLimits(said(), null));
  }

  private ProviderLimits.Window said() {
    long used = (long) Math.ceil(level);
    return new ProviderLimits.Window(limit, limit - used, waitFor(used));
  }

  private Duration waitFor(long tokens) {
    return Duration.ofNanos((long) ((double) tokens / limit * window.toNanos()));
  }

  /** How long it refuses a question. */
  Duration retryAfter(long cost) {
    return waitFor((long) Math.ceil(level) + cost + surcharge - limit);
  }
}
