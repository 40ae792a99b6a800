package dev.groqchat.adapters.persistence.memory;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.VerboseResult;
import io.github.bucket4j.local.SynchronizationStrategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The buckets of one client in this process. For one thread at a time. */
final class LocalBuckets {
  private final List<Bucket> all = new ArrayList<>(2);
  private final TimeMeter time;
  private final ClientBuckets buckets;

  LocalBuckets(Quota quota, double share, TimeMeter time) {
    this.time = time;
    this.buckets = ClientBuckets.of(quota, share, this::supply, this::supply);
  }

  ClientBuckets buckets() {
    return buckets;
  }

  /** How long it takes until all are full, if nobody asks. */
  Duration untilFull() {
    long nanos = 0;
    for (Bucket bucket : all) {
      nanos =
          Math.max(
              nanos,
              bucket
                  .asVerbose()
                  .getAvailableTokens()
                  .getDiagnostics()
                  .calculateFullRefillingTime());
    }
    return Duration.ofNanos(nanos);
  }

  private Supply supply(BucketConfiguration configuration) {
    var bucket =
        Bucket.builder()
            .withCustomTimePrecision(time)
            .withSynchronizationStrategy(SynchronizationStrategy.NONE);
    for (var limit : configuration.getBandwidths()) {
      bucket.addLimit(limit);
    }
    Bucket full = bucket.build();
    all.add(full);
    return new LocalSupply(full);
  }

  /** Answers at once. */
  private record LocalSupply(Bucket bucket) implements Supply {
    @Override
    public CompletableFuture<VerboseResult<ConsumptionProbe>> take(long amount) {
      return CompletableFuture.completedFuture(
          bucket.asVerbose().tryConsumeAndReturnRemaining(amount));
    }

    @Override
    public CompletableFuture<Long> waitFor(long amount) {
      return CompletableFuture.completedFuture(
          bucket.estimateAbilityToConsume(amount).getNanosToWaitForRefill());
    }

    @Override
    public CompletableFuture<?> charge(long amount) {
      return CompletableFuture.completedFuture(bucket.consumeIgnoringRateLimits(amount));
    }

    @Override
    public CompletableFuture<?> giveBack(long amount) {
      bucket.addTokens(amount);
      return CompletableFuture.completedFuture(null);
    }
  }
}
