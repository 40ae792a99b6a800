package dev.groqchat.adapters.web.stream;

import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.turn.NumberedEvent;

/**
 * Turns events into frames, and nothing else: sending, flushing and heart-beats are {@link
 * EventStreams}' work.
 */
public interface Dialect {
  /** What goes out before the first event; nothing unless a dialect says so. */
  default void begin(Frames out) {}

  /**
   * What goes out when the events cannot be followed any further, whatever becomes of the turn.
   * Nothing unless a dialect says so: who has the events' numbers comes back with the last of them.
   */
  default void lost(Failure failure, Frames out) {}

  /**
   * What goes out once this instance takes no new turns. Nothing unless a dialect says so: the
   * stream goes on, but whoever loses it should come back elsewhere, and not all at once.
   */
  default void drain(Frames out) {}

  /** The frames of one event, in order; none if the dialect has no word for it. */
  void frame(NumberedEvent event, Frames out);
}
