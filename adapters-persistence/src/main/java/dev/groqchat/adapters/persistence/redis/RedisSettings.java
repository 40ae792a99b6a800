package dev.groqchat.adapters.persistence.redis;

import java.time.Duration;

/**
 * How things are kept in Redis.
 *
 * @param sessionTtl a conversation that nobody used for longer is forgotten
 * @param patience how long Redis may be silent before a call that waits for it fails
 * @param lease an instance that has not been heard of for so long is gone
 * @param renewal how often an instance says that it is there
 * @param maxTurns turns of one conversation; beyond it the oldest that have ended are forgotten
 * @param maxListed conversations that one owner, or one visitor, is listed
 */
public record RedisSettings(
    Duration sessionTtl,
    Duration patience,
    Duration lease,
    Duration renewal,
    int maxTurns,
    int maxListed) {
  public RedisSettings {
    if (!sessionTtl.isPositive() || !patience.isPositive() || !renewal.isPositive()) {
      throw new IllegalArgumentException("what is kept is kept for a while: durations are over 0");
    }
    if (lease.compareTo(renewal) <= 0) {
      throw new IllegalArgumentException("a lease is renewed before it ends");
    }
    if (maxTurns < 1 || maxListed < 1) {
      throw new IllegalArgumentException("something must fit: sizes are at least 1");
    }
  }
}
