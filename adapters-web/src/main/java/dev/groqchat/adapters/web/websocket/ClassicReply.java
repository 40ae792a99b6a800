package dev.groqchat.adapters.web.websocket;

import dev.groqchat.adapters.web.classic.ClassicDialect;
import dev.groqchat.domain.turn.NumberedEvent;
import dev.groqchat.domain.turn.TurnEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The frames of one reply: pieces and their end, or all of it at the end. What broke off ends with
 * an error, and is never called done. For one thread.
 */
final class ClassicReply {
  private final boolean pieces;
  private final Supplier<Object> whole;
  private int told;
  private boolean ended;

  /**
   * A reply that begins.
   *
   * @param pieces whether the client wants it piece by piece
   * @param whole the last frame of a reply that is finished
   */
  ClassicReply(boolean pieces, Supplier<Object> whole) {
    this.pieces = pieces;
    this.whole = whole;
  }

  /** The frames that some events make, in order. */
  List<Object> frames(List<NumberedEvent> events) {
    List<Object> frames = new ArrayList<>(events.size());
    for (NumberedEvent event : events) {
      switch (event.event()) {
        case TurnEvent.Queued _, TurnEvent.Started _, TurnEvent.Reasoning _ -> {}
        case TurnEvent.Delta(String text) -> further(text, frames);
        case TurnEvent.Gap(String text) ->
            further(text.substring(Math.min(told, text.length())), frames);
        case TurnEvent.Finished _ -> end(whole.get(), frames);
        case TurnEvent.Stopped _ -> end(ClassicFrames.error(ClassicDialect.STOPPED), frames);
        case TurnEvent.Failed(var failure) -> end(ClassicFrames.error(failure.detail()), frames);
      }
    }
    return frames;
  }

  /** What is left to say when there are no more events. */
  List<Object> rest() {
    return ended ? List.of() : List.of(ClassicFrames.error(ClassicDialect.STOPPED));
  }

  private void further(String text, List<Object> frames) {
    told += text.length();
    if (pieces && !text.isEmpty()) {
      frames.add(new ClassicFrames.Token(text));
    }
  }

  private void end(Object frame, List<Object> frames) {
    ended = true;
    frames.add(frame);
  }
}
