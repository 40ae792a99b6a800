package dev.groqchat.adapters.persistence.redis;

import io.github.bucket4j.redis.lettuce.RedisApi;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.PipelinedRedisFuture;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * What Bucket4j asks Redis, over a connection that may not be there yet. Fails in its answers only:
 * Bucket4j keeps a line of those who ask for one bucket, which an exception would leave in the air.
 *
 * @param <K> of keys; left open, for Bucket4j passes arrays of keys that are arrays of objects
 */
record BucketCommands<K>(RedisLink<StatefulConnection<K, byte[]>> link) implements RedisApi<K> {
  @Override
  public <V> RedisFuture<V> eval(
      String script, ScriptOutputType type, K[] keys, byte[][] arguments) {
    return asked(redis -> redis.eval(script, type, keys, arguments));
  }

  @Override
  public RedisFuture<byte[]> get(K key) {
    return asked(redis -> redis.get(key));
  }

  @Override
  @SuppressWarnings("unchecked") // An array of one K.
  public RedisFuture<?> delete(K key) {
    return asked(redis -> redis.unlink(key));
  }

  private <V> RedisFuture<V> asked(
      Function<RedisClusterAsyncCommands<K, byte[]>, RedisFuture<V>> command) {
    try {
      return command.apply(RedisClients.commands(link.now()));
    } catch (RuntimeException e) {
      return new PipelinedRedisFuture<>(CompletableFuture.failedFuture(e));
    }
  }
}
