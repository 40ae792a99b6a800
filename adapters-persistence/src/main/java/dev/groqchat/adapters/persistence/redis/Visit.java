package dev.groqchat.adapters.persistence.redis;

import dev.groqchat.application.port.Following;
import dev.groqchat.domain.turn.NumberedEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** A following of which somebody is told, once, when it is closed. */
final class Visit implements Following {
  private final AtomicBoolean left = new AtomicBoolean();
  private final Following following;
  private final Runnable leaving;

  Visit(Following following, Runnable leaving) {
    this.following = following;
    this.leaving = leaving;
  }

  @Override
  public List<NumberedEvent> next(Duration patience) throws InterruptedException {
    return following.next(patience);
  }

  @Override
  public boolean ended() {
    return following.ended();
  }

  @Override
  public void close() {
    following.close();
    if (left.compareAndSet(false, true)) {
      leaving.run();
    }
  }
}
