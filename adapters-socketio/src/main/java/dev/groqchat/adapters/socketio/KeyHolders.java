package dev.groqchat.adapters.socketio;

import dev.groqchat.domain.conversation.Owner;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells whose an API key is. Asked, not answered, by this module: keys are kept once, and whoever
 * puts the service together says where.
 */
@FunctionalInterface
public interface KeyHolders {
  /**
   * Whose conversations a client may have. Quick, from any thread.
   *
   * @param key as the client sent it; null if it sent none
   * @return empty if it must not come in
   */
  Optional<Owner> ownerOf(@Nullable String key);
}
