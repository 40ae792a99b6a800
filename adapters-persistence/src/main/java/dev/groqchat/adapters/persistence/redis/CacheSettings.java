package dev.groqchat.adapters.persistence.redis;

import java.time.Duration;

/**
 * How replies are kept in Redis.
 *
 * @param ttl for how long; 0 to keep none
 * @param maxLength the most chars of one, written as JSON
 */
public record CacheSettings(Duration ttl, int maxLength) {
  public CacheSettings {
    if (ttl.isNegative() || maxLength < 1) {
      throw new IllegalArgumentException("no cache: " + ttl + ", " + maxLength);
    }
  }
}
