package dev.groqchat.adapters.persistence.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.groqchat.application.port.out.ReplyCache;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Replies of one process; of too many, those that are asked for least are forgotten. */
public final class MemoryReplyCache implements ReplyCache {
  /** Of a key, a reply and their places in the cache, beside their texts; from above. */
  private static final int OBJECTS = 500;

  private final Cache<String, Kept> replies;

  /**
   * An empty cache.
   *
   * @param ttl how long a reply is kept
   * @param entries the most replies
   * @param bytes the most they may take together, estimated from above
   */
  public MemoryReplyCache(Duration ttl, int entries, long bytes, InstantSource clock) {
    long fairShare = Math.max(1, bytes / entries);
    replies =
        Caffeine.newBuilder()
            .expireAfterWrite(ttl)
            // A small reply weighs what an average one may: so one bound is both.
            .maximumWeight(fairShare * entries)
            .weigher((String key, Kept reply) ->
                (int) Math.clamp(size(key, reply), fairShare, Integer.MAX_VALUE))
            .ticker(new ClockMeter(clock)::currentTimeNanos)
            // Those who ask clear away what is too old or too much: there is no thread to own.
            .executor(Runnable::run)
            .build();
  }

  @Override
  public Optional<Kept> find(String key) {
    return Optional.ofNullable(replies.getIfPresent(key));
  }

  @Override
  public void keep(String key, Kept reply) {
    replies.put(key, reply);
  }

  /** How many replies are kept. */
  long size() {
    replies.cleanUp();
    return replies.estimatedSize();
  }

  private static long size(String key, Kept reply) {
    return OBJECTS
        + Footprint.text(key)
        + Footprint.text(reply.reasoning())
        + Footprint.text(reply.text());
  }
}
