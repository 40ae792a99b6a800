package dev.groqchat.adapters.persistence.memory;

import java.time.Duration;

/**
 * How long and how much is kept in memory. Bytes are estimated, from above.
 *
 * @param sessionTtl a conversation that nobody used for longer is forgotten
 * @param journalRetention how long a journal is kept after its ending, if there is room
 * @param maxConversationBytes what conversations and their turns may take together
 * @param maxJournalBytes what journals may take together
 * @param maxJournalEvents the most events one journal keeps
 */
public record MemoryLimits(
    Duration sessionTtl,
    Duration journalRetention,
    long maxConversationBytes,
    long maxJournalBytes,
    int maxJournalEvents) {
  public MemoryLimits {
    if (!sessionTtl.isPositive() || !journalRetention.isPositive()) {
      throw new IllegalArgumentException("what is kept is kept for a while: durations are over 0");
    }
    if (maxConversationBytes < 1 || maxJournalBytes < 1 || maxJournalEvents < 1) {
      throw new IllegalArgumentException("something must fit: sizes are at least 1");
    }
  }
}
