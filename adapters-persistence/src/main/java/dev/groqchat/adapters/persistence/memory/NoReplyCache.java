package dev.groqchat.adapters.persistence.memory;

import dev.groqchat.application.port.out.ReplyCache;
import java.util.Optional;

/** For those who want every reply to be a new one. */
public final class NoReplyCache implements ReplyCache {
  @Override
  public Optional<Kept> find(String key) {
    return Optional.empty();
  }

  @Override
  public void keep(String key, Kept reply) {}
}
