package dev.groqchat.application.port.out;

import dev.groqchat.domain.model.ModelId;
import dev.groqchat.domain.turn.FinishReason;
import dev.groqchat.domain.turn.Usage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps whole replies for a while, a bounded number of them. Thread-safe. Calls may block for a
 * short, bounded time and never fail: a cache that cannot be reached has nothing, and keeps
 * nothing.
 */
public interface ReplyCache {
  /**
   * A reply that was kept.
   *
   * @param key stands for the owner and all that was asked; without any text that can be read
   */
  Optional<Kept> find(String key);

  void keep(String key, Kept reply);

  /**
   * A whole reply.
   *
   * @param model that answered
   * @param usage null if the provider did not say
   */
  record Kept(
      ModelId model, String reasoning, String text, FinishReason reason, @Nullable Usage usage) {}
}
