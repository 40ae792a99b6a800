package dev.groqchat.domain.trimming;

import dev.groqchat.domain.conversation.Message;

/** A message and its size. */
public record CountedMessage(Message message, TokenCount count) {
  /**
   * Tokens that a chat format spends on each message for its role and its ends; four in OpenAI's
   * harmony and ChatML formats (OpenAI cookbook, "How to count tokens").
   */
  public static final int OVERHEAD = 4;

  /** What it takes of the model's window. */
  public int cost() {
    return count.tokens() + OVERHEAD;
  }
}
