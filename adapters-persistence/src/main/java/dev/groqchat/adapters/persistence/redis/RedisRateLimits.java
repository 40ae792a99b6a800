package dev.groqchat.adapters.persistence.redis;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.groqchat.adapters.persistence.memory.ClientBuckets;
import dev.groqchat.adapters.persistence.memory.ClientBuckets.Answer;
import dev.groqchat.adapters.persistence.memory.ClockMeter;
import dev.groqchat.adapters.persistence.memory.Quota;
import dev.groqchat.adapters.persistence.memory.Quotas;
import dev.groqchat.adapters.persistence.memory.Supply;
import dev.groqchat.application.port.out.RateLimits;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.traffic.Allowance;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.EstimationProbe;
import io.github.bucket4j.VerboseResult;
import io.github.bucket4j.distributed.AsyncBucketProxy;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.AsyncProxyManager;
import io.github.bucket4j.distributed.proxy.optimization.Optimizations;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce.LettuceBasedProxyManagerBuilder;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Buckets for all instances, in Redis until they are full again. An instance that cannot reach them
 * goes by buckets of its own for as long as that lasts.
 */
final class RedisRateLimits implements RateLimits {
  /** Clients whose place in line is kept here; a bucket of one that is not can be reached, too. */
  private static final long MOST_CLIENTS = 10_000;

  private static final String KEYS = "groqchat:limit:";
  private static final Duration KEPT_WHEN_FULL = Duration.ofMinutes(1);

  private static final RedisCodec<String, byte[]> CODEC =
      RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

  private final RedisGate gate;
  private final Duration patience;
  private final Quotas quotas;
  private final RateLimits alone;
  private final RedisLink<StatefulConnection<String, byte[]>> link;
  private final AsyncProxyManager<String> shared;
  private final Cache<String, ClientBuckets> clients =
      Caffeine.newBuilder().maximumSize(MOST_CLIENTS).executor(Runnable::run).build();

  /**
   * Limits over all instances with the same quotas.
   *
   * @param patience how long a call may take
   * @param alone what holds while Redis is away
   * @param clock one and the same everywhere, but for what clocks differ by
   */
  RedisRateLimits(
      RedisGate gate, Duration patience, Quotas quotas, RateLimits alone, InstantSource clock) {
    this.gate = gate;
    this.patience = patience;
    this.quotas = quotas;
    this.alone = alone;
    this.link = gate.open(CODEC);
    this.shared =
        new LettuceBasedProxyManagerBuilder<>(new BucketCommands<>(link))
            .clientClock(new ClockMeter(clock))
            // Ends what the gate has given up on: those who wait in the same line need not.
            .requestTimeout(patience.multipliedBy(2))
            .expirationAfterWrite(
                ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(KEPT_WHEN_FULL))
            .build()
            .asAsync();
  }

  @Override
  public Allowance take(String client, long tokens) {
    if (quotas.of(client).unlimited()) {
      return Allowance.UNLIMITED;
    }
    Answer answer;
    try {
      answer = gate.guard(patience, () -> buckets(client).take(tokens));
    } catch (ChatException unavailable) {
      return alone.take(client, tokens);
    }
    return answer.orThrow();
  }

  @Override
  public void settle(String client, long taken, long used) {
    if (quotas.of(client).tokensPerMinute() == 0) {
      return;
    }
    try {
      gate.guard(patience, () -> buckets(client).settle(taken, used));
    } catch (ChatException unavailable) {
      alone.settle(client, taken, used);
    }
  }

  /** Whether the shared buckets can be asked for. */
  boolean connected() {
    try {
      return link.now().isOpen();
    } catch (RedisException _) {
      return false;
    }
  }

  private ClientBuckets buckets(String client) {
    return clients.get(
        client,
        _ -> {
          Quota quota = quotas.of(client);
          return ClientBuckets.of(
              quota, 1, it -> bucket("requests", client, it), it -> bucket("tokens", client, it));
        });
  }

  /**
   * Those who ask at once share a round trip, and so do not make each other try again. A bucket
   * keeps the limits that it was made with: other limits are another bucket.
   */
  private Supply bucket(String what, String client, BucketConfiguration limits) {
    String key = KEYS + what + ":" + fingerprint(limits) + ":" + client;
    return new SharedSupply(
        shared
            .builder()
            .withOptimization(Optimizations.batching())
            .build(key, () -> CompletableFuture.completedFuture(limits)));
  }

  /** As {@code 100-10-1000+500-500-3600000}: capacities, refills, and in how many ms. */
  private static String fingerprint(BucketConfiguration limits) {
    return Stream.of(limits.getBandwidths())
        .map(it ->
            it.getCapacity()
                + "-"
                + it.getRefillTokens()
                + "-"
                + TimeUnit.NANOSECONDS.toMillis(it.getRefillPeriodNanos()))
        .collect(Collectors.joining("+"));
  }

  /** Answers when Redis has. */
  private record SharedSupply(AsyncBucketProxy bucket) implements Supply {
    @Override
    public CompletableFuture<VerboseResult<ConsumptionProbe>> take(long amount) {
      return bucket.asVerbose().tryConsumeAndReturnRemaining(amount);
    }

    @Override
    public CompletableFuture<Long> waitFor(long amount) {
      return bucket
          .estimateAbilityToConsume(amount)
          .thenApply(EstimationProbe::getNanosToWaitForRefill);
    }

    @Override
    public CompletableFuture<?> charge(long amount) {
      return bucket.consumeIgnoringRateLimits(amount);
    }

    @Override
    public CompletableFuture<?> giveBack(long amount) {
      return bucket.addTokens(amount);
    }
  }
}
