package dev.groqchat.domain.turn;

import dev.groqchat.domain.trimming.CountedMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the model was sent along with a turn's own message.
 *
 * @param system null if there was none
 * @param history the earlier turns, oldest first
 * @param transcript what was sent of what the client brought instead of a history; null if it
 *     brought none
 */
public record SentContext(
    @Nullable CountedMessage system,
    List<TurnId> history,
    @Nullable List<CountedMessage> transcript) {
  public SentContext {
    history = List.copyOf(history);
    transcript = transcript == null ? null : List.copyOf(transcript);
  }
}
