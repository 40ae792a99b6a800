package dev.groqchat.adapters.persistence.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.groqchat.application.port.out.RateLimits;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.traffic.Allowance;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.local.SynchronizationStrategy;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Buckets of one process. A client's are forgotten once they are full, for then they are as good as
 * new ones; of too many clients at once, those that ask least.
 */
public final class MemoryRateLimits implements RateLimits {
  private final Quotas quotas;
  private final double share;
  private final TimeMeter time;
  private final Cache<String, ClientBuckets> clients;

  /**
   * Limits that nobody has drawn on yet.
   *
   * @param share of the quotas that is allowed
   * @param most clients to remember
   */
  public MemoryRateLimits(Quotas quotas, double share, int most, InstantSource clock) {
    this.quotas = quotas;
    this.share = share;
    this.time = new ClockMeter(clock);
    this.clients =
        Caffeine.newBuilder()
            .maximumSize(most)
            .expireAfter(Expiry.<String, ClientBuckets>writing((_, it) -> it.untilFull()))
            .ticker(time::currentTimeNanos)
            // Those who ask clear away what is too old or too much: there is no thread to own.
            .executor(Runnable::run)
            .build();
  }

  @Override
  public Allowance take(String client, long tokens) {
    return quotas.of(client).unlimited()
        ? Allowance.UNLIMITED
        : with(client, buckets -> buckets.take(tokens));
  }

  @Override
  public void settle(String client, long taken, long used) {
    if (!quotas.of(client).unlimited()) {
      with(
          client,
          buckets -> {
            buckets.settle(taken, used);
            return used;
          });
    }
  }

  /** How many clients are remembered. */
  long clients() {
    clients.cleanUp();
    return clients.estimatedSize();
  }

  /** One at a time for each client: so it is all or nothing, although there are two buckets. */
  private <T> T with(String client, Function<ClientBuckets, T> use) {
    List<Supplier<T>> result = new ArrayList<>(1);
    clients
        .asMap()
        .compute(
            client,
            (name, known) -> {
              ClientBuckets buckets = known == null ? fresh(name) : known;
              result.add(outcome(buckets, use));
              return buckets;
            });
    return result.getFirst().get();
  }

  /** A refusal is thrown later: an exception in the cache would not count as having asked. */
  private static <T> Supplier<T> outcome(ClientBuckets buckets, Function<ClientBuckets, T> use) {
    try {
      T result = use.apply(buckets);
      return () -> result;
    } catch (ChatException refused) {
      return () -> {
        throw refused;
      };
    }
  }

  private ClientBuckets fresh(String client) {
    return ClientBuckets.of(quotas.of(client), share, this::bucket, this::bucket);
  }

  private Bucket bucket(BucketConfiguration configuration) {
    var bucket =
        Bucket.builder()
            .withCustomTimePrecision(time)
            .withSynchronizationStrategy(SynchronizationStrategy.NONE);
    for (var limit : configuration.getBandwidths()) {
      bucket.addLimit(limit);
    }
    return bucket.build();
  }
}
