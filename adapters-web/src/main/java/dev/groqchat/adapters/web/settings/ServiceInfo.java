package dev.groqchat.adapters.web.settings;

import dev.groqchat.domain.model.ModelId;

/**
 * What the service says of itself.
 *
 * @param provider whom it asks: a host, or that it is the simulator
 * @param demo whether the answers are the simulator's
 */
public record ServiceInfo(
    String version, String provider, boolean demo, ModelId model, Limits limits) {
  /**
   * The limits in force.
   *
   * @param maxMessageLength in code points
   * @param maxPromptLength in code points
   * @param maxOpenTurns at once, waiting ones included
   */
  public record Limits(
      int maxTokens,
      int maxExchanges,
      int maxMessageLength,
      int maxPromptLength,
      int maxOpenTurns) {}
}
