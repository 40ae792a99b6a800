package dev.groqchat.adapters.persistence.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.net.SocketAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages that instances send each other, heard over one connection of its own, which is renewed
 * by itself. What is sent while it is broken is lost: whoever hears is told that it may have missed
 * something. Sending is {@code gate.call(redis -> redis.publish(channel, message))}, or {@code
 * PUBLISH} in a script. Thread-safe.
 */
final class RedisSignals {
  private static final Logger LOG = LoggerFactory.getLogger(RedisSignals.class);

  private final Map<String, Set<Ear>> ears = new ConcurrentHashMap<>();
  private final RedisLink<StatefulRedisPubSubConnection<String, String>> link;

  /** Begins to connect; does not wait for it. Closed with the gate. */
  RedisSignals(RedisGate gate) {
    link = gate.link(() -> RedisClients.connectPubSub(gate.client()), this::connected);
  }

  /**
   * Hears what is sent to a channel, until it is closed.
   *
   * @param told of each message, in order, in a thread of the connection; quick, and never calls
   *     Redis: all others wait for it
   * @param missed told whenever the channel begins to be heard, first or again; as quick
   */
  synchronized Hearing hear(String channel, Consumer<String> told, Runnable missed) {
    Ear ear = new Ear(told, missed);
    ears.computeIfAbsent(channel, _ -> ConcurrentHashMap.newKeySet()).add(ear);
    subscribe(channel);
    return () -> leave(channel, ear);
  }

  private synchronized void leave(String channel, Ear ear) {
    Set<Ear> all = ears.get(channel);
    if (all != null && all.remove(ear) && all.isEmpty()) {
      ears.remove(channel);
      unsubscribe(channel);
    }
  }

  private void connected(StatefulRedisPubSubConnection<String, String> connection) {
    connection.addListener(
        new RedisPubSubAdapter<>() {
          @Override
          public void message(String channel, String message) {
            at(channel).forEach(ear -> guarded(() -> ear.told.accept(message)));
          }

          @Override
          public void subscribed(String channel, long count) {
            at(channel).forEach(ear -> guarded(ear.missed));
          }
        });
    connection.addListener(
        new RedisConnectionStateListener() {
          @Override
          public void onRedisConnected(RedisChannelHandler<?, ?> connected, SocketAddress address) {
            subscribeAll();
          }
        });
    subscribeAll();
  }

  /** Lettuce repeats what Redis has confirmed, but not what was asked for while it was away. */
  private void subscribeAll() {
    ears.keySet().forEach(this::subscribe);
  }

  private Set<Ear> at(String channel) {
    return ears.getOrDefault(channel, Set.of());
  }

  private void subscribe(String channel) {
    try {
      Future<Void> _ = link.now().async().subscribe(channel);
    } catch (RuntimeException e) {
      LOG.debug("not subscribed yet: done with the next connection", e);
    }
  }

  private void unsubscribe(String channel) {
    try {
      Future<Void> _ = link.now().async().unsubscribe(channel);
    } catch (RuntimeException e) {
      LOG.debug("not unsubscribed: what comes is dropped", e);
    }
  }

  /** One that fails is not to stop the others' messages. */
  private static void guarded(Runnable listener) {
    try {
      listener.run();
    } catch (RuntimeException e) {
      LOG.warn("a message of another instance was not taken", e);
    }
  }

  /** Hears until it is closed; idempotent. */
  @FunctionalInterface
  interface Hearing extends AutoCloseable {
    @Override
    void close();
  }

  /** One who hears; equal to itself alone. */
  private static final class Ear {
    private final Consumer<String> told;
    private final Runnable missed;

    Ear(Consumer<String> told, Runnable missed) {
      this.told = told;
      this.missed = missed;
    }
  }
}
