package dev.groqchat.adapters.persistence.memory;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConfigurationBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * What one client may ask for. In each place 0 means that there is no such limit.
 *
 * @param perSecond requests that a second gives back
 * @param burst requests that may come at once; 0 for as many as a second gives back
 * @param perHour requests that an hour gives back, and the most that may come at once
 * @param tokensPerMinute tokens that a minute gives back, and the most that may be used at once
 */
public record Quota(long perSecond, long burst, long perHour, long tokensPerMinute) {
  /** More than anybody needs, and little enough to count in nanoseconds without an overflow. */
  public static final long MOST = 1_000_000_000;

  public Quota {
    if (LongStream.of(perSecond, burst, perHour, tokensPerMinute).anyMatch(Quota::absurd)) {
      throw new IllegalArgumentException("a limit is from 0 to " + MOST);
    }
    burst = perSecond == 0 ? 0 : burst == 0 ? perSecond : burst;
  }

  private static boolean absurd(long limit) {
    return limit < 0 || limit > MOST;
  }

  /** Whether nothing is limited. */
  public boolean unlimited() {
    return limit() == 0 && tokensPerMinute == 0;
  }

  /** How many requests may come at once; 0 if that is not limited. */
  public long limit() {
    return LongStream.of(burst, perHour).filter(it -> it > 0).min().orElse(0);
  }

  /**
   * The bucket of requests.
   *
   * @param share of the limits that is allowed, over 0 up to 1; at least one request is
   * @return null if requests are not limited
   */
  public @Nullable BucketConfiguration requests(double share) {
    List<Bandwidth> limits = new ArrayList<>();
    if (perSecond > 0) {
      limits.add(bandwidth(burst, perSecond, Duration.ofSeconds(1), share));
    }
    if (perHour > 0) {
      limits.add(bandwidth(perHour, perHour, Duration.ofHours(1), share));
    }
    return limits.isEmpty() ? null : bucket(limits);
  }

  /**
   * The bucket of tokens.
   *
   * @return null if tokens are not limited
   */
  public @Nullable BucketConfiguration tokens(double share) {
    return tokensPerMinute == 0
        ? null
        : bucket(
            List.of(bandwidth(tokensPerMinute, tokensPerMinute, Duration.ofMinutes(1), share)));
  }

  private static BucketConfiguration bucket(List<Bandwidth> limits) {
    ConfigurationBuilder bucket = BucketConfiguration.builder();
    limits.forEach(bucket::addLimit);
    return bucket.build();
  }

  /** The period is stretched rather than the refill cut: a share of it need not be whole. */
  private static Bandwidth bandwidth(long capacity, long refill, Duration period, double share) {
    return Bandwidth.builder()
        .capacity(Math.max(1, (long) (capacity * share)))
        .refillGreedy(refill, Duration.ofNanos((long) (period.toNanos() / share)))
        .build();
  }
}
