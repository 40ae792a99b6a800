package dev.groqchat.domain.turn;

/**
 * Tokens that a turn used.
 *
 * @param exact whether the provider said so, rather than we counted
 */
public record Usage(long promptTokens, long completionTokens, boolean exact) {
  public Usage {
    if (promptTokens < 0 || completionTokens < 0) {
      throw new IllegalArgumentException("tokens cannot be negative");
    }
  }

  public long totalTokens() {
    return promptTokens + completionTokens;
  }
}
