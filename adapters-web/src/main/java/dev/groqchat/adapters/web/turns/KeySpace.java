package dev.groqchat.adapters.web.turns;

import dev.groqchat.application.port.in.Caller;
import dev.groqchat.domain.turn.IdempotencyKey;
import dev.groqchat.domain.turn.TextDigest;
import org.jspecify.annotations.Nullable;

/**
 * Whose an idempotency key is. Where there are API keys, their holder's. In the shared space it is
 * the browser's that sent its cookie, else the address's: strangers who happen to choose the same
 * key, such as {@code 1}, do not meet. A browser without a cookie yet begins as an address, and is
 * not known again by it.
 *
 * @param stranger who is asking in the shared space; null for the holder of an API key
 */
public record KeySpace(@Nullable String stranger) {
  /**
   * The space of whoever asks.
   *
   * @param asking as it came: not as a visitor who has just been made up
   */
  public static KeySpace of(Caller asking) {
    if (!asking.owner().shared()) {
      return new KeySpace(null);
    }
    return new KeySpace(
        asking.visitor() == null
            ? "address " + asking.client()
            : "visitor " + asking.visitor().value());
  }

  /**
   * The key as it is unique among all keys of an owner.
   *
   * @param key as the client wrote it; null for none
   * @throws dev.groqchat.domain.failure.ChatException if it can be none
   */
  public @Nullable String own(@Nullable String key) {
    if (key == null || stranger == null) {
      return key;
    }
    // Refused as it was written: what it becomes here would always do.
    var _ = new IdempotencyKey(key, "");
    return TextDigest.of(stranger + "\n" + key).sha256();
  }
}
