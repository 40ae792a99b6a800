package dev.groqchat.acceptance.sdk;

import dev.groqchat.acceptance.sdk.Answer.Call;
import dev.groqchat.acceptance.sdk.Answer.Raised;
import dev.groqchat.acceptance.sdk.Answer.Tokens;
import org.jspecify.annotations.Nullable;

/**
 * Gathers an {@link Answer} while an SDK gives it. Thread-safe: some call back on their own
 * threads.
 */
final class Heard {
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder reasoning = new StringBuilder();
  private final StringBuilder toolName = new StringBuilder();
  private final StringBuilder toolArguments = new StringBuilder();
  private int pieces;
  private @Nullable Tokens usage;

  /** Some text; returns how many pieces there were. */
  synchronized int text(@Nullable String piece) {
    if (piece == null || piece.isEmpty()) {
      return pieces;
    }
    text.append(piece);
    return ++pieces;
  }

  synchronized void reasoning(@Nullable String piece) {
    reasoning.append(piece == null ? "" : piece);
  }

  /** All that was thought so far. */
  synchronized void reasoningSoFar(String whole) {
    reasoning.setLength(0);
    reasoning.append(whole);
  }

  /** A tool call, or a piece of one. */
  synchronized void tool(@Nullable String name, @Nullable String arguments) {
    toolName.append(name == null ? "" : name);
    toolArguments.append(arguments == null ? "" : arguments);
  }

  synchronized void usage(long prompt, long completion, long total) {
    if (total > 0) {
      usage = new Tokens(prompt, completion, total);
    }
  }

  synchronized Answer answer(String id, @Nullable Raised error) {
    Call call = toolName.isEmpty() ? null : new Call(toolName.toString(), toolArguments.toString());
    return new Answer(id, text.toString(), pieces, reasoning.toString(), usage, call, error);
  }
}
