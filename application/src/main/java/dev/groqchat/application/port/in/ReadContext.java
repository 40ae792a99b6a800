package dev.groqchat.application.port.in;

import dev.groqchat.domain.trimming.CountedMessage;
import dev.groqchat.domain.turn.TurnId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells what the model saw. */
public interface ReadContext {
  /**
   * The context of a turn.
   *
   * @throws dev.groqchat.domain.failure.ChatException {@link
   *     dev.groqchat.domain.failure.Failure.NotFound}
   */
  View read(Caller caller, TurnRef turn);

  /**
   * What was sent and what was not, oldest first. Both are empty while the turn waits.
   *
   * @param dropped the newest of what was left out for want of room; empty where the client brought
   *     a transcript of its own: the history was not left out, but not meant
   */
  record View(TurnId turn, List<Part> sent, List<Part> dropped) {}

  /**
   * A message of a context.
   *
   * @param turn where it comes from; null for a system prompt or a client's own transcript
   */
  record Part(@Nullable TurnId turn, CountedMessage message) {}
}
