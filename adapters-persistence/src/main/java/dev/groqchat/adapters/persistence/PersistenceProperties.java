package dev.groqchat.adapters.persistence;

import dev.groqchat.adapters.persistence.memory.MemoryLimits;
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
 */
@ConfigurationProperties("groqchat.store")
public record PersistenceProperties(
    @DefaultValue("memory") Kind kind,
    @DefaultValue("24h") Duration sessionTtl,
    @DefaultValue("10m") Duration journalRetention,
    @DefaultValue Memory memory) {

  public PersistenceProperties {
    requirePositive("groqchat.store.session-ttl", sessionTtl.isPositive());
    requirePositive("groqchat.store.journal-retention", journalRetention.isPositive());
  }

  /** Where things are kept. */
  public enum Kind {
    /** In this process, for one machine; a restart forgets everything. */
    MEMORY
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
