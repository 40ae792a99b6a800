package dev.groqchat.domain.turn;

import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.model.ModelId;
import org.jspecify.annotations.Nullable;

/**
 * How a turn is to be answered.
 *
 * @param temperature 0 to 2; null leaves it to the provider
 * @param maxTokens the most tokens the reply may have
 */
public record TurnOptions(
    ModelId model, @Nullable Double temperature, int maxTokens, OnDisconnect onDisconnect) {
  public TurnOptions {
    if (temperature != null && !(temperature >= 0 && temperature <= 2)) {
      throw ChatException.invalid("temperature", "temperature must be between 0 and 2");
    }
    if (maxTokens < 1) {
      throw ChatException.invalid("max_tokens", "max_tokens must be at least 1");
    }
  }
}
