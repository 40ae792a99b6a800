package dev.groqchat.adapters.persistence.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScanIterator;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.List;

/** Lets time pass for everything in Redis that has a time to live. */
final class Ageing {
  private Ageing() {}

  static void by(Duration time, List<String> urls) {
    for (String url : urls) {
      RedisClient client = RedisClient.create(RedisURI.create(url));
      try (StatefulRedisConnection<String, String> connection = client.connect()) {
        RedisCommands<String, String> redis = connection.sync();
        ScanIterator.scan(redis).forEachRemaining(key -> age(redis, key, time));
      } finally {
        client.shutdown();
      }
    }
  }

  private static void age(RedisCommands<String, String> redis, String key, Duration time) {
    long left = redis.pttl(key);
    if (left > time.toMillis()) {
      redis.pexpire(key, left - time.toMillis());
    } else if (left > 0) {
      redis.del(key);
    }
  }
}
