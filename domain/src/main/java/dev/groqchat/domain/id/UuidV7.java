package dev.groqchat.domain.id;

import java.time.Instant;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Makes UUIDs of version 7 (RFC 9562, section 5.7): 48 bits of milliseconds, then 74 random bits.
 */
public final class UuidV7 {
  private UuidV7() {}

  /**
   * A new id.
   *
   * @param random must be unguessable where knowing an id opens a door, as it does without API keys
   */
  public static UUID of(Instant now, RandomGenerator random) {
    long high = (now.toEpochMilli() << 16) | 0x7000 | (random.nextLong() & 0x0fff);
    long low = 0x8000_0000_0000_0000L | (random.nextLong() & 0x3fff_ffff_ffff_ffffL);
    return new UUID(high, low);
  }
}
