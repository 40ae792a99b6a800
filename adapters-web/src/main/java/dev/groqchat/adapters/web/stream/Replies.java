package dev.groqchat.adapters.web.stream;

import dev.groqchat.application.port.Following;
import dev.groqchat.domain.turn.NumberedEvent;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Waits for whole replies, for calls that answer at once. */
public final class Replies {
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

  private Replies() {}

  /**
   * Blocks until the turn has ended, and closes the following.
   *
   * @return the ending; null if there is none to see, as of a turn that was deleted meanwhile
   */
  public static @Nullable NumberedEvent awaitEnd(Following following) throws InterruptedException {
    try (following) {
      NumberedEvent last = null;
      while (!following.ended()) {
        List<NumberedEvent> events = following.next(LOOK_AGAIN);
        last = events.isEmpty() ? last : events.getLast();
      }
      return last;
    }
  }
}
