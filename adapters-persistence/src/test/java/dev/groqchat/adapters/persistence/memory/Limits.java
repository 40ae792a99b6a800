package dev.groqchat.adapters.persistence.memory;

import java.time.Duration;

/** Limits of which a test says only what it is about. */
final class Limits {
  static final Duration TTL = Duration.ofHours(24);
  static final Duration RETENTION = Duration.ofMinutes(10);
  static final MemoryLimits WIDE =
      new MemoryLimits(TTL, RETENTION, Long.MAX_VALUE, Long.MAX_VALUE, 100_000);

  private Limits() {}

  static MemoryLimits conversationBytes(long bytes) {
    return new MemoryLimits(TTL, RETENTION, bytes, Long.MAX_VALUE, 100_000);
  }

  static MemoryLimits journalBytes(long bytes) {
    return new MemoryLimits(TTL, RETENTION, Long.MAX_VALUE, bytes, 100_000);
  }

  static MemoryLimits journalEvents(int events) {
    return new MemoryLimits(TTL, RETENTION, Long.MAX_VALUE, Long.MAX_VALUE, events);
  }
}
