package dev.groqchat.simulator;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is said. Without a text and a number of tokens it is the demo answer.
 *
 * @param text the content
 * @param tokens content of so many tokens, which count: {@code 1 2 3 ...}, so that a lost or
 *     doubled one can be seen
 * @param reasoning what is thought before
 * @param reasoningTokens so many tokens of thought
 * @param tool the function to call instead of saying something; an empty name is the first one on
 *     offer
 * @param arguments the call's arguments, JSON; without them they are made from the function's
 *     schema
 * @param finish the finish_reason instead of the true one
 */
record Reply(
    Optional<String> text,
    OptionalInt tokens,
    Optional<String> reasoning,
    OptionalInt reasoningTokens,
    Optional<String> tool,
    Optional<String> arguments,
    Optional<String> finish) {
  static final int MAX_TOKENS = 1_000_000;

  static final Reply DEMO =
      new Reply(
          Optional.empty(),
          OptionalInt.empty(),
          Optional.empty(),
          OptionalInt.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  Reply {
    if (tokens.orElse(0) > MAX_TOKENS) throw new BadScript("tokens", "is over " + MAX_TOKENS);
    if (reasoningTokens.orElse(0) > MAX_TOKENS)
      throw new BadScript("reasoning", "is over " + MAX_TOKENS);
  }

  Reply saying(String said) {
    return new Reply(
        Optional.of(said),
        OptionalInt.empty(),
        reasoning,
        reasoningTokens,
        tool,
        arguments,
        finish);
  }

  Reply counting(int said) {
    return new Reply(
        Optional.empty(),
        OptionalInt.of(said),
        reasoning,
        reasoningTokens,
        tool,
        arguments,
        finish);
  }

  Reply thinking(String thought) {
    return new Reply(
        text, tokens, Optional.of(thought), OptionalInt.empty(), tool, arguments, finish);
  }

  Reply thinking(int thought) {
    return new Reply(
        text, tokens, Optional.empty(), OptionalInt.of(thought), tool, arguments, finish);
  }

  Reply calling(String name, Optional<String> json) {
    return new Reply(text, tokens, reasoning, reasoningTokens, Optional.of(name), json, finish);
  }

  Reply finishing(String reason) {
    return new Reply(
        text, tokens, reasoning, reasoningTokens, tool, arguments, Optional.of(reason));
  }
}
