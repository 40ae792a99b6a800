package dev.groqchat.adapters.persistence.memory;

import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.traffic.Allowance;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.VerboseResult;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The two buckets of one client, wherever they are kept: requests, and tokens. As safe for threads
 * as its supplies; if these are not used by one at a time, what one is refused for want of tokens
 * may be missing for another one for a moment.
 */
public final class ClientBuckets {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final @Nullable Supply requests;
  private final @Nullable Supply tokens;
  private final long limit;
  private final long mostTokens;

  private ClientBuckets(
      @Nullable Supply requests, @Nullable Supply tokens, long limit, long mostTokens) {
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
      Function<BucketConfiguration, Supply> requests,
      Function<BucketConfiguration, Supply> tokens) {
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
   */
  public CompletableFuture<Answer> take(long cost) {
    long due = Math.min(cost, mostTokens);
    if (requests == null) {
      return takeTokens(due)
          .thenApply(wait -> wait == 0 ? new Answer(Allowance.UNLIMITED, null) : refusal(wait));
    }
    return requests
        .take(1)
        .thenCompose(taken ->
            taken.getValue().isConsumed()
                ? withRequest(requests, taken, due)
                : withoutRequest(taken.getValue(), due));
  }

  private CompletableFuture<Answer> withRequest(
      Supply from, VerboseResult<ConsumptionProbe> request, long due) {
    return takeTokens(due)
        .thenCompose(wait ->
            wait == 0
                ? CompletableFuture.completedFuture(new Answer(allowance(request), null))
                : from.giveBack(1).thenApply(_ -> refusal(wait)));
  }

  private CompletableFuture<Answer> withoutRequest(ConsumptionProbe request, long due) {
    return waitForTokens(due)
        .thenApply(wait -> refusal(Math.max(wait, request.getNanosToWaitForRefill())));
  }

  /** Corrects what was taken of tokens. */
  public CompletableFuture<?> settle(long taken, long used) {
    long missing = used - Math.min(taken, mostTokens);
    if (tokens == null || missing == 0) {
      return CompletableFuture.completedFuture(null);
    }
    return missing > 0 ? tokens.charge(missing) : tokens.giveBack(-missing);
  }

  /** Takes tokens, or says how long they will take to be there. */
  private CompletableFuture<Long> takeTokens(long due) {
    return tokens == null || due == 0
        ? CompletableFuture.completedFuture(0L)
        : tokens.take(due).thenApply(taken -> taken.getValue().getNanosToWaitForRefill());
  }

  private CompletableFuture<Long> waitForTokens(long due) {
    return tokens == null || due == 0 ? CompletableFuture.completedFuture(0L) : tokens.waitFor(due);
  }

  private Answer refusal(long wait) {
    return new Answer(Allowance.UNLIMITED, new Failure.RateLimited(limit, rounded(wait)));
  }

  private Allowance allowance(VerboseResult<ConsumptionProbe> request) {
    long untilAllAreBack =
        request
            .getState()
            .calculateDelayNanosAfterWillBePossibleToConsume(
                limit, request.getOperationTimeNanos(), false);
    return new Allowance(limit, request.getValue().getRemainingTokens(), rounded(untilAllAreBack));
  }

  /** Up: who comes back a moment too early is refused again. */
  private static Duration rounded(long nanos) {
    return Duration.ofMillis(Math.ceilDiv(nanos, NANOS_PER_MILLI));
  }

  /**
   * What a client is told.
   *
   * @param left what is left, if it was allowed
   * @param refusal null if it was allowed
   */
  public record Answer(Allowance left, Failure.@Nullable RateLimited refusal) {
    /** What is left, or the refusal as an exception. */
    public Allowance orThrow() {
      if (refusal != null) {
        throw new ChatException(refusal);
      }
      return left;
    }
  }
}
