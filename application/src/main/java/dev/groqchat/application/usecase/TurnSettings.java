package dev.groqchat.application.usecase;

import dev.groqchat.domain.conversation.MessageRules;
import dev.groqchat.domain.model.ModelId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What turns are made with unless they are told otherwise, and their bounds.
 *
 * @param maxTokens the most tokens a reply may have
 * @param maxExchanges the most earlier exchanges the model sees
 * @param systemPrompt for conversations without one of their own; null for none
 * @param maxOpenTurns how many turns may be open at once, waiting ones included
 */
public record TurnSettings(
    ModelId model,
    int maxTokens,
    int maxExchanges,
    @Nullable String systemPrompt,
    MessageRules rules,
    int maxOpenTurns) {
  public TurnSettings {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(rules, "rules");
    if (maxTokens < 1 || maxExchanges < 0 || maxOpenTurns < 1) {
      throw new IllegalArgumentException(
          "maxTokens and maxOpenTurns must be at least 1, maxExchanges at least 0");
    }
  }
}
