package dev.groqchat.adapters.web.stream;

import dev.groqchat.domain.failure.Failure;
import java.time.Duration;

/**
 * What a stream tells, in frames. Waiting for it and wording it are its work; sending, flushing and
 * heart-beats are {@link EventStreams}'. For one thread.
 */
public interface Source {
  /** What goes out before all that is told; nothing unless a source says so. */
  default void begin(Frames out) {}

  /**
   * Waits for something to tell, and puts all that there is into frames; none if nothing came in
   * time, or nothing that there is a word for.
   *
   * @throws dev.groqchat.domain.failure.ChatException if it cannot go on
   */
  void next(Duration patience, Frames out) throws InterruptedException;

  /** Whether an answer may begin: until then what becomes of it may still be told by its status. */
  boolean begun();

  /** Whether all is told. */
  boolean ended();

  /** The last words of a source that cannot go on, where the answer has begun. */
  void lost(Failure failure, Frames out);
}
