package dev.groqchat.adapters.web.stream;

import dev.groqchat.application.port.Following;
import dev.groqchat.domain.turn.NumberedEvent;
import dev.groqchat.domain.turn.Reuse;
import dev.groqchat.domain.turn.TurnEvent;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Waits for whole replies, for calls that answer at once. */
public final class Replies {
  /** Says where a reply came from: hit, miss or joined. */
  public static final String REUSE = "X-Cache";

  private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

  private Replies() {}

  /**
   * Blocks until the turn has ended, and closes the following.
   *
   * @return where the reply came from; null if it had to be made anew, or that is no longer known
   */
  public static @Nullable Reuse awaitEnd(Following following) throws InterruptedException {
    try (following) {
      Reuse reuse = null;
      while (!following.ended()) {
        for (NumberedEvent numbered : following.next(LOOK_AGAIN)) {
          reuse = numbered.event() instanceof TurnEvent.Started it ? it.reuse() : reuse;
        }
      }
      return reuse;
    }
  }

  /** Puts on an answer where the whole reply in it came from. It must not be committed. */
  public static void tell(@Nullable Reuse reuse, HttpServletResponse response) {
    if (reuse != null) {
      response.setHeader(REUSE, reuse.word());
    }
  }
}
