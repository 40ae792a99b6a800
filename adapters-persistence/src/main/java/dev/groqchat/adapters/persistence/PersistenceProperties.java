package dev.groqchat.adapters.persistence;

import dev.groqchat.adapters.persistence.memory.MemoryLimits;
import dev.groqchat.adapters.persistence.redis.RedisSettings;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How conversations and journals are kept.
 *
 * @param kind where
 * @param sessionTtl a conversation that nobody used for longer is forgotten
 * @param journalRetention how long a turn's events can be followed after its ending
 * @param memory bounds that hold in memory alone
 * @param redis what holds in Redis alone; where it is and how to get there are Spring's own {@code
 *     spring.data.redis.*}
 */
@ConfigurationProperties("groqchat.store")
public record PersistenceProperties(
    @DefaultValue("memory") Kind kind,
    @DefaultValue("24h") Duration sessionTtl,
    @DefaultValue("10m") Duration journalRetention,
    @DefaultValue Memory memory,
    @DefaultValue Redis redis) {

  public PersistenceProperties {
    requirePositive("groqchat.store.session-ttl", sessionTtl.isPositive());
    requirePositive("groqchat.store.journal-retention", journalRetention.isPositive());
  }

  /** Where things are kept. */
  public enum Kind {
    /** In this process, for one machine; a restart forgets everything. */
    MEMORY,
    /** In one Redis, for as many instances as there are. */
    REDIS
  }

  /**
   * What may be in memory at once. Sizes are estimated, from above.
   *
   * @param maxConversations conversations with their turns; beyond it those that were not used for
   *     longest are forgotten, unless a turn is under way in them
   * @param maxJournals journals; beyond it those that ended longest ago are forgotten
   * @param maxJournalEvents events of one journal; followers that lag behind further get a gap
   */
  public record Memory(
      @DefaultValue("256MB") DataSize maxConversations,
      @DefaultValue("256MB") DataSize maxJournals,
      @DefaultValue("100000") int maxJournalEvents) {
    public Memory {
      requirePositive("groqchat.store.memory.max-conversations", maxConversations.toBytes() > 0);
      requirePositive("groqchat.store.memory.max-journals", maxJournals.toBytes() > 0);
      requirePositive("groqchat.store.memory.max-journal-events", maxJournalEvents > 0);
    }
  }

  /**
   * How instances share a Redis.
   *
   * @param patience how long a call waits for Redis before it fails
   * @param lease an instance that has not been heard of for so long is gone, and its turns fail
   * @param renewal how often an instance says that it is there
   * @param maxTurns turns of one conversation; beyond it the oldest that have ended are forgotten
   * @param maxListed conversations that one owner, or one browser, is listed
   */
  public record Redis(
      @DefaultValue("150ms") Duration patience,
      @DefaultValue("5s") Duration lease,
      @DefaultValue("1500ms") Duration renewal,
      @DefaultValue("10000") int maxTurns,
      @DefaultValue("100000") int maxListed) {
    public Redis {
      requirePositive("groqchat.store.redis.patience", patience.isPositive());
      requirePositive("groqchat.store.redis.renewal", renewal.isPositive());
      requirePositive("groqchat.store.redis.max-turns", maxTurns > 0);
      requirePositive("groqchat.store.redis.max-listed", maxListed > 0);
      if (lease.compareTo(renewal) <= 0) {
        throw new IllegalArgumentException(
            "groqchat.store.redis.lease must be longer than groqchat.store.redis.renewal");
      }
    }
  }

  RedisSettings redisSettings() {
    return new RedisSettings(
        sessionTtl,
        redis.patience(),
        redis.lease(),
        redis.renewal(),
        redis.maxTurns(),
        redis.maxListed());
  }

  MemoryLimits memoryLimits() {
    return new MemoryLimits(
        sessionTtl,
        journalRetention,
        memory.maxConversations().toBytes(),
        memory.maxJournals().toBytes(),
        memory.maxJournalEvents());
  }

  private static void requirePositive(String property, boolean positive) {
    if (!positive) {
      throw new IllegalArgumentException(property + " must be greater than 0");
    }
  }
}
