package dev.groqchat.adapters.persistence.redis;

import dev.groqchat.adapters.persistence.fixtures.RedisCluster;
import dev.groqchat.adapters.persistence.fixtures.RedisServer;
import dev.groqchat.adapters.persistence.memory.MemoryRateLimits;
import dev.groqchat.adapters.persistence.memory.Quotas;
import dev.groqchat.application.port.out.BudgetStore;
import dev.groqchat.application.port.out.RateLimits;
import dev.groqchat.application.port.out.ReplyCache;
import dev.groqchat.domain.failure.ChatException;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/** What one instance of the service has of its traffic, on a Redis that others share. */
final class TrafficInstance implements AutoCloseable {
  /** Longer than any test's Redis takes to answer on a busy machine. */
  static final Duration PATIENT = Duration.ofSeconds(10);

  /** Threads for all instances of all tests, which end with them: to start some takes time. */
  private static final ClientResources RESOURCES = resources();

  private final AbstractRedisClient client;
  private final RedisGate gate;
  private final Duration patience;

  TrafficInstance(RedisServer redis, Duration patience) {
    this(of(redis), patience);
  }

  private TrafficInstance(AbstractRedisClient client, Duration patience) {
    this.client = client;
    this.patience = patience;
    this.gate = new RedisGate(client, patience);
  }

  private static RedisClient of(RedisServer redis) {
    RedisClient client = RedisClient.create(RESOURCES, RedisURI.create(redis.url()));
    ClientOptions.Builder options = ClientOptions.builder();
    RedisClients.options(options);
    client.setOptions(options.build());
    return client;
  }

  /** One that is connected to a cluster. */
  static TrafficInstance connected(RedisCluster redis) {
    RedisURI node = RedisURI.create(redis.urls().getFirst());
    TrafficInstance instance =
        new TrafficInstance(RedisClusterClient.create(RESOURCES, node), PATIENT);
    instance.awaitRedis();
    return instance;
  }

  private static ClientResources resources() {
    ClientResources.Builder resources = ClientResources.builder();
    RedisClients.resources(resources);
    return resources.build();
  }

  /** One that is connected already. */
  static TrafficInstance connected(RedisServer redis) {
    TrafficInstance instance = new TrafficInstance(redis, PATIENT);
    instance.awaitRedis();
    return instance;
  }

  RateLimits limits(Quotas quotas, InstantSource clock) {
    RedisRateLimits limits = unconnectedLimits(quotas, clock);
    await(limits::connected, "the buckets' connection");
    return limits;
  }

  RedisRateLimits unconnectedLimits(Quotas quotas, InstantSource clock) {
    RateLimits alone = new MemoryRateLimits(quotas, quotas.share(), 100, clock);
    return new RedisRateLimits(gate, patience, quotas, alone, clock);
  }

  BudgetStore budgets() {
    return new RedisBudgetStore(gate);
  }

  ReplyCache replies(CacheSettings settings) {
    return new RedisReplyCache(gate, settings);
  }

  /** Lets Redis forget everything. */
  void forgetAll() {
    gate.call(redis -> redis.flushall());
  }

  /** Waits until Redis answers again, however long the gate keeps closed. */
  void awaitRedis() {
    await(this::answers, "redis");
  }

  private boolean answers() {
    try {
      return "PONG".equals(gate.call(redis -> redis.ping()));
    } catch (ChatException _) {
      return false;
    }
  }

  static void await(BooleanSupplier condition, String what) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("still waiting for " + what);
      }
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    gate.close();
    client.shutdown();
  }
}
