package dev.groqchat.application.port;

import dev.groqchat.domain.turn.NumberedEvent;
import java.time.Duration;
import java.util.List;

/** One follower's way through a journal. For one thread, except {@link #close()}. */
public interface Following extends AutoCloseable {
  /**
   * Blocks until there is something new, then gives what there is, in order; of a long backlog a
   * bounded part at a time, so that who is stuck with it holds little.
   *
   * @return empty if nothing came in time, or if {@link #ended()}
   */
  List<NumberedEvent> next(Duration patience) throws InterruptedException;

  /**
   * Whether there is nothing more to come: the ending was given, lay before the beginning, the
   * journal is no longer kept, or this was closed.
   */
  boolean ended();

  /** Leaves. Idempotent, from any thread; a blocked {@link #next} returns. */
  @Override
  void close();
}
