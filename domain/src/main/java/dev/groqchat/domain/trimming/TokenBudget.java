package dev.groqchat.domain.trimming;

import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import java.util.List;

/** Tokens that are left for history. */
public record TokenBudget(long tokens) {
  /** What a chat format spends on opening the reply (OpenAI cookbook, "How to count tokens"). */
  private static final int REPLY_OVERHEAD = 3;

  public TokenBudget {
    if (tokens < 0) {
      throw new IllegalArgumentException("a budget cannot be negative: " + tokens);
    }
  }

  /**
   * What a model's window leaves once the reply and the messages that must be sent have their room.
   *
   * @param reply tokens reserved for the reply
   * @param fixed the system prompt, if there is one, and the new message
   * @throws ChatException {@link Failure.PromptTooLarge} if these alone do not fit
   */
  public static TokenBudget after(long window, int reply, List<CountedMessage> fixed) {
    long taken =
        (long) reply + REPLY_OVERHEAD + fixed.stream().mapToLong(CountedMessage::cost).sum();
    if (taken > window) {
      throw new ChatException(new Failure.PromptTooLarge(taken, window));
    }
    return new TokenBudget(window - taken);
  }
}
