package dev.groqchat.adapters.persistence;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How replies are kept for those who ask the same again.
 *
 * @param ttl for how long; 0 to keep none
 * @param entries the most replies in memory
 * @param memory the most they may take in memory, estimated from above
 * @param maxReply a longer reply is not kept in a store that others share
 */
@ConfigurationProperties("groqchat.cache")
public record CacheProperties(
    @DefaultValue("5m") Duration ttl,
    @DefaultValue("1000") int entries,
    @DefaultValue("64MB") DataSize memory,
    @DefaultValue("256KB") DataSize maxReply) {

  /** More would hold up everything else that shares the connection. */
  private static final long MOST_MEGABYTES = 16;

  public CacheProperties {
    if (ttl.isNegative()) {
      throw new IllegalArgumentException("groqchat.cache.ttl must not be negative");
    }
    requirePositive("groqchat.cache.entries", entries);
    requirePositive("groqchat.cache.memory", memory.toBytes());
    requirePositive("groqchat.cache.max-reply", maxReply.toBytes());
    if (maxReply.toMegabytes() > MOST_MEGABYTES) {
      throw new IllegalArgumentException(
          "groqchat.cache.max-reply must be at most " + MOST_MEGABYTES + "MB");
    }
  }

  private static void requirePositive(String property, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(property + " must be greater than 0");
    }
  }
}
