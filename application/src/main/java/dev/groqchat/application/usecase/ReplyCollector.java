package dev.groqchat.application.usecase;

import dev.groqchat.application.port.out.ReplyCache.Kept;
import dev.groqchat.application.port.out.ReplyStream.Part;
import dev.groqchat.domain.model.ModelId;
import dev.groqchat.domain.turn.TurnEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Turns the parts of a reply into events, and keeps the text so far: pieces in the provider's own
 * words as lines. For one thread.
 */
final class ReplyCollector {
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder reasoning = new StringBuilder();
  private Part.@Nullable End end;

  /** The events that these parts are; the end is none of them. */
  List<TurnEvent> take(List<Part> parts) {
    List<TurnEvent> events = new ArrayList<>(parts.size());
    for (Part part : parts) {
      switch (part) {
        case Part.Reasoning(String piece) -> {
          reasoning.append(piece);
          events.add(new TurnEvent.Reasoning(piece));
        }
        case Part.Text(String piece) -> {
          text.append(piece);
          events.add(new TurnEvent.Delta(piece));
        }
        // No event of a turn: none is answered in such pieces.
        case Part.Verbatim(String words) -> text.append(text.isEmpty() ? "" : "\n").append(words);
        case Part.End whole -> end = whole;
      }
    }
    return events;
  }

  String text() {
    return text.toString();
  }

  String reasoning() {
    return reasoning.toString();
  }

  /** The reply as it is kept for others; only once it is whole. */
  Kept kept(ModelId model) {
    Part.End whole = Objects.requireNonNull(end, "the reply is not whole");
    return new Kept(model, reasoning(), text(), whole.reason(), whole.usage());
  }

  /** Why the reply ended; null while it goes on. */
  Part.@Nullable End end() {
    return end;
  }
}
