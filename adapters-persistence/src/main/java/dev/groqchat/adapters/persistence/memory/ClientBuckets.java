package dev.groqchat.adapters.persistence.memory;

import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.traffic.Allowance;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.VerboseResult;
import java.time.Duration;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The two buckets of one client, wherever they are kept: requests, and tokens. As safe for threads
 * as its buckets; of two requests at once for the last token, both may be refused.
 */
public final class ClientBuckets {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final @Nullable Bucket requests;
  private final @Nullable Bucket tokens;
  private final long limit;
  private final long mostTokens;

  private ClientBuckets(
      @Nullable Bucket requests, @Nullable Bucket tokens, long limit, long mostTokens) {
    this.requests = requests;
    this.tokens = tokens;
    this.limit = limit;
    this.mostTokens = mostTokens;
  }

  /**
   * The buckets for a quota.
   *
   * @param share of the quota that is allowed
   * @param requests makes the one of requests, full
   * @param tokens makes the one of tokens, full
   */
  public static ClientBuckets of(
      Quota quota,
      double share,
      Function<BucketConfiguration, Bucket> requests,
      Function<BucketConfiguration, Bucket> tokens) {
    BucketConfiguration forRequests = quota.requests(share);
    BucketConfiguration forTokens = quota.tokens(share);
    return new ClientBuckets(
        forRequests == null ? null : requests.apply(forRequests),
        forTokens == null ? null : tokens.apply(forTokens),
        capacity(forRequests),
        capacity(forTokens));
  }

  private static long capacity(@Nullable BucketConfiguration bucket) {
    return bucket == null
        ? 0
        : Stream.of(bucket.getBandwidths()).mapToLong(Bandwidth::getCapacity).min().orElseThrow();
  }

  /**
   * Takes a request and tokens, or nothing. What costs more than a minute gives may go when a whole
   * minute's tokens are there: it could never go otherwise.
   *
   * @throws ChatException {@link Failure.RateLimited}
   */
  public Allowance take(long cost) {
    long due = Math.min(cost, mostTokens);
    if (requests == null) {
      orRefuse(takeTokens(due));
      return Allowance.UNLIMITED;
    }
    VerboseResult<ConsumptionProbe> request = requests.asVerbose().tryConsumeAndReturnRemaining(1);
    if (!request.getValue().isConsumed()) {
      orRefuse(Math.max(request.getValue().getNanosToWaitForRefill(), waitForTokens(due)));
    }
    long wait = takeTokens(due);
    if (wait > 0) {
      requests.addTokens(1);
    }
    orRefuse(wait);
    return allowance(request);
  }

  /** Corrects what was taken of tokens. */
  public void settle(long taken, long used) {
    if (tokens == null) {
      return;
    }
    long missing = used - Math.min(taken, mostTokens);
    if (missing > 0) {
      tokens.consumeIgnoringRateLimits(missing);
    } else if (missing < 0) {
      tokens.addTokens(-missing);
    }
  }

  /** How long it takes until both buckets are full, if nobody asks. */
  Duration untilFull() {
    return Duration.ofNanos(Math.max(untilFull(requests), untilFull(tokens)));
  }

  private static long untilFull(@Nullable Bucket bucket) {
    return bucket == null
        ? 0
        : bucket.asVerbose().getAvailableTokens().getDiagnostics().calculateFullRefillingTime();
  }

  /** Takes tokens, or says how long they will take to be there. */
  private long takeTokens(long due) {
    return tokens == null || due == 0
        ? 0
        : tokens.tryConsumeAndReturnRemaining(due).getNanosToWaitForRefill();
  }

  private long waitForTokens(long due) {
    return tokens == null || due == 0
        ? 0
        : tokens.estimateAbilityToConsume(due).getNanosToWaitForRefill();
  }

  private void orRefuse(long wait) {
    if (wait > 0) {
      throw new ChatException(new Failure.RateLimited(limit, rounded(wait)));
    }
  }

  private Allowance allowance(VerboseResult<ConsumptionProbe> request) {
    long nanos =
        request
            .getState()
            .calculateDelayNanosAfterWillBePossibleToConsume(
                limit, request.getOperationTimeNanos(), false);
    return new Allowance(limit, request.getValue().getRemainingTokens(), rounded(nanos));
  }

  /** Up: who comes back a moment too early is refused again. */
  private static Duration rounded(long nanos) {
    return Duration.ofMillis(Math.ceilDiv(nanos, NANOS_PER_MILLI));
  }
}
