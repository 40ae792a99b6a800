package dev.groqchat.adapters.groq;

import dev.groqchat.application.port.out.ReplyStream.Part;
import java.util.List;

/** Decides which parts of a reply its events become. For one thread. */
interface Pieces {
  /**
   * Takes an event.
   *
   * @param chunk what it says
   * @param data its first {@code length} bytes are the event as it came
   * @param parts gets what can be given by now, if anything
   */
  void take(Chunk chunk, byte[] data, int length, List<Part> parts);

  /** Whether it takes a part of the reply: the first answer, without what cannot be read. */
  boolean isPartial();

  /** The reply is whole: gives what was held back. */
  void end(List<Part> parts);
}
