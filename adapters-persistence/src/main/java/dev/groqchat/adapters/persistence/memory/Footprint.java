package dev.groqchat.adapters.persistence.memory;

import dev.groqchat.domain.conversation.Conversation;
import dev.groqchat.domain.trimming.CountedMessage;
import dev.groqchat.domain.turn.SentContext;
import dev.groqchat.domain.turn.Turn;
import dev.groqchat.domain.turn.TurnEvent;
import dev.groqchat.domain.turn.TurnState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What things take of the heap, in bytes, estimated from above: two for each char, which is what
 * text outside Latin-1 takes, and a round sum for the objects around it.
 */
final class Footprint {
  static final long JOURNAL = 1_000;
  private static final long CONVERSATION = 1_500;
  private static final long TURN = 1_000;
  private static final long MESSAGE = 100;
  private static final long EVENT = 100;
  private static final long PACKED = 2 * Integer.BYTES;

  private Footprint() {}

  /** A conversation without its turns. */
  static long of(Conversation conversation) {
    return CONVERSATION + text(conversation.title()) + text(conversation.system());
  }

  static long of(Turn turn) {
    long reply =
        turn.state() instanceof TurnState.Ended ended
            ? text(ended.reply().text()) + text(ended.reply().reasoning())
            : 0;
    return TURN + text(turn.question().message().text()) + reply + of(turn.context());
  }

  /** The event alone. Its text is also in its journal's text: see {@link #text}. */
  static long of(TurnEvent event) {
    return EVENT
        + switch (event) {
          case TurnEvent.Delta delta -> text(delta.text());
          case TurnEvent.Reasoning reasoning -> text(reasoning.text());
          case TurnEvent.Gap gap -> text(gap.text());
          case TurnEvent.Queued _, TurnEvent.Started _, TurnEvent.Ending _ -> 0;
        };
  }

  /** How much less the event takes when it is packed: see {@link PackedEvents}. */
  static long savedByPacking(TurnEvent event) {
    return KeptReply.bytes(event) == 0 ? 0 : of(event) - PACKED;
  }

  static long text(@Nullable String text) {
    return text == null ? 0 : 2L * text.length();
  }

  /** Not the system prompt: that one object serves all turns that were sent it. */
  private static long of(@Nullable SentContext context) {
    return context == null ? 0 : 8L * context.history().size() + of(context.transcript());
  }

  private static long of(@Nullable List<CountedMessage> messages) {
    return messages == null
        ? 0
        : messages.stream().mapToLong(it -> MESSAGE + text(it.message().text())).sum();
  }
}
