package dev.groqchat.adapters.persistence.memory;

import static java.util.Objects.requireNonNull;

import dev.groqchat.domain.turn.NumberedEvent;
import dev.groqchat.domain.turn.TurnEvent.Delta;
import dev.groqchat.domain.turn.TurnEvent.Reasoning;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The events of a journal that has ended. A piece of the reply, or of its reasoning, is only the
 * place where it ends there, and is made again for whoever still asks: eight bytes that the garbage
 * collector does not look at, instead of four objects that it does for as long as they are kept.
 */
final class PackedEvents {
  private final KeptReply reply;
  private final long first;

  /** How long the text was before each event, in chars, and after the last. */
  private final int[] text;

  /** The same of the reasoning. */
  private final int[] reasoning;

  /** The events that added nothing to either, by number. */
  private final Map<Long, NumberedEvent> others = new HashMap<>();

  /**
   * Packs events.
   *
   * @param events in order, without gaps, not empty
   * @param reply ends with what they say together, and does not change any more
   */
  PackedEvents(List<NumberedEvent> events, KeptReply reply) {
    this.reply = reply;
    this.first = events.getFirst().seq();
    this.text = new int[events.size() + 1];
    this.reasoning = new int[events.size() + 1];
    text[0] = reply.droppedTextLength();
    reasoning[0] = reply.droppedReasoningLength();
    events.forEach(this::pack);
  }

  private void pack(NumberedEvent each) {
    int place = place(each.seq());
    text[place + 1] = text[place] + KeptReply.textOf(each.event()).length();
    reasoning[place + 1] = reasoning[place] + KeptReply.reasoningOf(each.event()).length();
    if (text[place + 1] == text[place] && reasoning[place + 1] == reasoning[place]) {
      others.put(each.seq(), each);
    }
  }

  /** The event with a number; there must be one. */
  NumberedEvent get(long seq) {
    int place = place(seq);
    if (text[place + 1] > text[place]) {
      return new NumberedEvent(seq, new Delta(reply.text(text[place], text[place + 1])));
    }
    if (reasoning[place + 1] > reasoning[place]) {
      String thought = reply.reasoning(reasoning[place], reasoning[place + 1]);
      return new NumberedEvent(seq, new Reasoning(thought));
    }
    return requireNonNull(others.get(seq));
  }

  private int place(long seq) {
    return (int) (seq - first);
  }
}
