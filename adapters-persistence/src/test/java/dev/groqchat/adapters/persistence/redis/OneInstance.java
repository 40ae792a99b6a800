package dev.groqchat.adapters.persistence.redis;

import dev.groqchat.adapters.persistence.fixtures.RedisCluster;
import dev.groqchat.adapters.persistence.fixtures.RedisServer;
import dev.groqchat.application.port.out.ConversationStore;
import dev.groqchat.application.port.out.TicketStore;
import dev.groqchat.application.port.out.TurnStore;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The stores of one instance, put together as the configuration does it. */
final class OneInstance implements AutoCloseable {
  /** Patient, as a test machine may be slow; a lease that tests can wait for. */
  static final RedisSettings SETTINGS =
      new RedisSettings(
          Duration.ofHours(24),
          Duration.ofSeconds(5),
          Duration.ofMillis(1000),
          Duration.ofMillis(200),
          10_000,
          100_000);

  static final Duration LONG = Duration.ofHours(1);

  final RedisGate gate;
  final RedisSignals signals;
  final RedisInstances instances;
  final ConversationStore conversations;
  final TurnStore turns;
  final TicketStore tickets;
  private final AbstractRedisClient client;
  private final ClientResources resources;

  private OneInstance(
      AbstractRedisClient client, ClientResources resources, RedisSettings settings) {
    this.client = client;
    this.resources = resources;
    gate = new RedisGate(client, settings.patience());
    signals = new RedisSignals(gate);
    instances = new RedisInstances(gate, signals, settings);
    conversations = new RedisConversationStore(gate, settings);
    turns = new RedisTurnStore(gate, signals, instances, settings);
    tickets = new RedisTicketStore(gate);
  }

  static OneInstance on(RedisServer redis) {
    return on(redis, SETTINGS);
  }

  static OneInstance on(RedisServer redis, RedisSettings settings) {
    ClientResources resources = resources();
    RedisClient client = RedisClient.create(resources, RedisURI.create(redis.url()));
    ClientOptions.Builder options = ClientOptions.builder();
    RedisClients.options(options);
    client.setOptions(options.build());
    return new OneInstance(client, resources, settings);
  }

  static OneInstance on(RedisCluster redis) {
    ClientResources resources = resources();
    RedisClusterClient client =
        RedisClusterClient.create(resources, redis.urls().stream().map(RedisURI::create).toList());
    ClusterClientOptions.Builder options = ClusterClientOptions.builder();
    RedisClients.options(options);
    client.setOptions(options.build());
    return new OneInstance(client, resources, SETTINGS);
  }

  private static ClientResources resources() {
    ClientResources.Builder resources = ClientResources.builder();
    RedisClients.resources(resources);
    return resources.build();
  }

  /** Waits until Redis answers. */
  OneInstance connected() {
    Eventually.holds("redis answers", () -> "PONG".equals(gate.call(redis -> redis.ping())));
    return this;
  }

  /** As a process that ends as it should. */
  @Override
  public void close() {
    instances.close();
    end();
  }

  /** As a process that is killed: no goodbye. */
  void kill() {
    instances.leave();
    end();
  }

  private void end() {
    gate.close();
    client.shutdown();
    resources.shutdown(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
