package dev.groqchat.adapters.persistence.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.groqchat.application.port.out.RateLimits;
import dev.groqchat.domain.traffic.Allowance;
import io.github.bucket4j.TimeMeter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Buckets of one process. A client's are forgotten once they are full, for then they are as good as
 * new ones; of too many clients at once, those that ask least.
 */
public final class MemoryRateLimits implements RateLimits {
  /** About 50 MB at their most. */
  public static final int MOST_CLIENTS = 100_000;

  private final Quotas quotas;
  private final double share;
  private final TimeMeter time;
  private final Cache<String, LocalBuckets> clients;

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
            .expireAfter(Expiry.<String, LocalBuckets>writing((_, it) -> it.untilFull()))
            .ticker(time::currentTimeNanos)
            // Those who ask clear away what is too old or too much: there is no thread to own.
            .executor(Runnable::run)
            .build();
  }

  @Override
  public Allowance take(String client, long tokens) {
    return quotas.of(client).unlimited()
        ? Allowance.UNLIMITED
        : with(client, buckets -> buckets.take(tokens)).join().orThrow();
  }

  @Override
  public void settle(String client, long taken, long used) {
    if (!quotas.of(client).unlimited()) {
      with(client, buckets -> buckets.settle(taken, used)).join();
    }
  }

  /** How many clients are remembered. */
  long clients() {
    clients.cleanUp();
    return clients.estimatedSize();
  }

  /** One at a time for each client: so it is all or nothing, although there are two buckets. */
  private <T> CompletableFuture<T> with(
      String client, Function<ClientBuckets, CompletableFuture<T>> use) {
    List<CompletableFuture<T>> result = new ArrayList<>(1);
    clients
        .asMap()
        .compute(
            client,
            (_, known) -> {
              LocalBuckets local =
                  known == null ? new LocalBuckets(quotas.of(client), share, time) : known;
              result.add(use.apply(local.buckets()));
              return local;
            });
    return result.getFirst();
  }
}
