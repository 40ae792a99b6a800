package dev.groqchat.domain.turn;

import dev.groqchat.domain.trimming.CountedMessage;

/**
 * What the model said, as far as it came.
 *
 * @param answer an assistant's message; its text may be empty
 * @param reasoning what it thought before; empty if it told nothing
 */
public record Reply(CountedMessage answer, String reasoning) {
  public String text() {
    return answer.message().text();
  }
}
