package dev.groqchat.adapters.persistence.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How Lettuce is set up, and what one server and a cluster have in common. */
final class RedisClients {
  /** Commands that may wait for their answers on one connection; what comes beyond fails. */
  static final int MOST_WAITING = 10_000;

  private static final Duration KEEP_ALIVE = Duration.ofSeconds(5);

  private RedisClients() {}

  /**
   * Fails what cannot be sent now rather than keep it, and never sends twice what was under way
   * when a connection broke: scripts append and count.
   */
  static void options(ClientOptions.Builder options) {
    ClientOptions soFar = options.build();
    options
        .autoReconnect(true)
        .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
        .replayFilter(_ -> true)
        .requestQueueSize(MOST_WAITING)
        .socketOptions(keepingAlive(soFar.getSocketOptions()));
  }

  /** A connection whose other end has vanished without a word is noticed in some 20 s. */
  private static SocketOptions keepingAlive(SocketOptions options) {
    return options
        .mutate()
        .keepAlive(
            SocketOptions.KeepAliveOptions.builder()
                .enable()
                .idle(KEEP_ALIVE)
                .interval(KEEP_ALIVE)
                .count(3)
                .build())
        .build();
  }

  /** Tries to reconnect without the half minute that Lettuce's own delay grows to. */
  static void resources(ClientResources.Builder resources) {
    resources.reconnectDelay(() -> Delay.equalJitter(50, 500, 50, TimeUnit.MILLISECONDS));
  }

  /** Blocks until there is a connection. */
  static <K, V> StatefulConnection<K, V> connect(
      AbstractRedisClient client, RedisCodec<K, V> codec) {
    return switch (client) {
      case RedisClient one -> one.connect(codec);
      case RedisClusterClient cluster -> cluster.connect(codec);
      default -> throw unknown(client);
    };
  }

  /** Blocks until there is a connection. In a cluster it is one to any node, which hears of all. */
  static StatefulRedisPubSubConnection<String, String> connectPubSub(AbstractRedisClient client) {
    return switch (client) {
      case RedisClient one -> one.connectPubSub();
      case RedisClusterClient cluster -> cluster.connectPubSub();
      default -> throw unknown(client);
    };
  }

  /** The commands that one server and a cluster both know. */
  static <K, V> RedisClusterAsyncCommands<K, V> commands(StatefulConnection<K, V> connection) {
    return switch (connection) {
      case StatefulRedisConnection<K, V> one -> one.async();
      case StatefulRedisClusterConnection<K, V> cluster -> cluster.async();
      default -> throw new IllegalArgumentException("unknown: " + connection.getClass());
    };
  }

  private static IllegalArgumentException unknown(AbstractRedisClient client) {
    return new IllegalArgumentException("unknown: " + client.getClass());
  }
}
