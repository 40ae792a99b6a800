package dev.groqchat.adapters.groq;

import java.io.IOException;

/** Where a reply comes from, event by event. For one thread. */
interface EventSource {
  /** What a step brought. */
  enum Step {
    /** An event: see {@link #data()} and {@link #name()}. */
    EVENT,
    /** A comment: the other side lives. */
    COMMENT,
    /** Nothing whole is there yet; only if told not to wait. */
    NOTHING_YET,
    /** There is nothing more. */
    END
  }

  /**
   * The next step.
   *
   * @param wait whether to block until there is one
   * @throws IOException if the stream breaks or something in it is too long
   */
  Step next(boolean wait) throws IOException;

  /** The current event's data is the first {@link #length()} bytes; valid until the next step. */
  byte[] data();

  /** How many bytes of data the current event has. */
  int length();

  /** The current event's name; empty if it has none. */
  String name();
}
