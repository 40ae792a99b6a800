package dev.groqchat.adapters.groq;

import dev.groqchat.domain.turn.Usage;
import org.jspecify.annotations.Nullable;

/**
 * What one event of a stream says.
 *
 * @param text a piece of the answer; empty if there is none
 * @param reasoning a piece of what the model thinks; empty if there is none
 * @param hasMore whether the answer has something else in it, such as a call of a function
 * @param hasChoice whether there is an answer in it at all, however empty
 * @param finishReason null until the reply, or one of several answers, is whole
 * @param choices which answers it is about, where there are more than one: a bit for each index
 * @param finished of which of them it says why they ended
 * @param usage null if it does not say
 * @param error what went wrong at the provider; null if nothing did
 * @param hasNullError whether it says that nothing did
 */
record Chunk(
    String text,
    String reasoning,
    boolean hasMore,
    boolean hasChoice,
    @Nullable String finishReason,
    long choices,
    long finished,
    @Nullable Usage usage,
    @Nullable ProviderError error,
    boolean hasNullError) {

  /** Whether it is a failure, and no piece of the reply. */
  boolean failed() {
    return error != null || "error".equals(finishReason);
  }

  /** Whether anything of the answer is in it, or its end. */
  boolean says() {
    return !text.isEmpty() || !reasoning.isEmpty() || hasMore || finishReason != null;
  }

  /** The same with another piece of the answer. */
  Chunk withText(String other) {
    return with(other, reasoning);
  }

  /** The same with another piece of what the model thinks. */
  Chunk withReasoning(String other) {
    return with(text, other);
  }

  private Chunk with(String otherText, String otherReasoning) {
    return new Chunk(
        otherText,
        otherReasoning,
        hasMore,
        hasChoice,
        finishReason,
        choices,
        finished,
        usage,
        error,
        hasNullError);
  }
}
