package dev.groqchat.adapters.persistence.redis;

import dev.groqchat.application.port.out.ReplyCache;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Replies for all instances, for a while each. What is too long is not kept. */
final class RedisReplyCache implements ReplyCache {
  private static final Logger LOG = LoggerFactory.getLogger(RedisReplyCache.class);
  private static final String KEYS = "groqchat:reply:";

  private final RedisGate gate;
  private final CacheSettings settings;

  RedisReplyCache(RedisGate gate, CacheSettings settings) {
    this.gate = gate;
    this.settings = settings;
  }

  @Override
  public Optional<Kept> find(String key) {
    try {
      String json = gate.call(redis -> redis.get(KEYS + key));
      return json == null ? Optional.empty() : Optional.of(DomainJson.read(Kept.class, json));
    } catch (RuntimeException e) {
      // Its kind alone: what could not be read is somebody's text.
      LOG.debug("no reply from the cache: {}", e.getClass().getName());
      return Optional.empty();
    }
  }

  /** Waits for nothing: whoever asks next over this connection is answered after this. */
  @Override
  public void keep(String key, Kept reply) {
    String json = DomainJson.write(Kept.class, reply);
    if (json.length() <= settings.maxLength()) {
      gate.send(redis -> redis.psetex(KEYS + key, settings.ttl().toMillis(), json));
    }
  }
}
