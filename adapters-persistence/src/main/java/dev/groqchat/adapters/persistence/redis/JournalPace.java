package dev.groqchat.adapters.persistence.redis;

import java.time.Duration;

/**
 * How often journals are written to Redis, and read from it.
 *
 * @param watched the time between two batches of a turn that another instance watches
 * @param unwatched the same where none does: what a crash may take
 * @param retry the pause after Redis could not be reached
 * @param rereading how long a reader that was told nothing waits before it looks by itself; well
 *     below {@link SharedJournals#WATCH}, which it renews
 */
record JournalPace(Duration watched, Duration unwatched, Duration retry, Duration rereading) {
  static final JournalPace DEFAULT =
      new JournalPace(
          Duration.ofMillis(10),
          Duration.ofMillis(100),
          Duration.ofMillis(500),
          Duration.ofSeconds(4));
}
