package dev.groqchat.adapters.web.websocket;

import dev.groqchat.application.port.Following;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one socket has under way, each thing on a virtual thread of its own, and no more of each
 * kind than it may. Thread-safe.
 */
final class Errands {
  private static final Logger LOG = LoggerFactory.getLogger(Errands.class);

  private final Set<Following> followings = ConcurrentHashMap.newKeySet();
  private final int most;
  private final Semaphore follows;
  private final Semaphore stops;
  private final Runnable afterEach;
  private volatile boolean over;

  /**
   * Nothing yet.
   *
   * @param most of each kind at once
   * @param afterEach what to do when something is done
   */
  Errands(int most, Runnable afterEach) {
    this.most = most;
    this.follows = new Semaphore(most);
    this.stops = new Semaphore(most);
    this.afterEach = afterEach;
  }

  /**
   * Takes a place to follow a turn. Closing it gives it back, unless it is used.
   *
   * @throws Overload if there is none left
   */
  Place place() {
    if (!follows.tryAcquire()) {
      throw new Overload("one socket may follow " + most + " turns at once");
    }
    return new Place();
  }

  /**
   * Stops a turn.
   *
   * @throws Overload if too many are being stopped
   */
  void stop(Runnable work) {
    if (!stops.tryAcquire()) {
      throw new Overload("one socket may stop " + most + " turns at once");
    }
    start("socket-stop", work, stops::release);
  }

  /** Whether nothing is under way. */
  boolean none() {
    return follows.availablePermits() == most && stops.availablePermits() == most;
  }

  /** Leaves all turns that are followed, and whatever is followed from now on. Idempotent. */
  void leaveAll() {
    over = true;
    followings.forEach(Following::close);
  }

  private void start(String name, Runnable work, Runnable finish) {
    Thread.ofVirtual()
        .name(name)
        .uncaughtExceptionHandler((_, e) -> LOG.error("a socket's errand broke", e))
        .start(() -> {
          try {
            work.run();
          } finally {
            finish.run();
            afterEach.run();
          }
        });
  }

  /** Room to follow one turn. For one thread. */
  final class Place implements AutoCloseable {
    private boolean used;

    /** Follows a turn; closes the following after that, or when all are left. */
    void follow(Following following, Runnable work) {
      used = true;
      followings.add(following);
      if (over) {
        following.close();
      }
      start("socket-turn", work, () -> leave(following));
    }

    private void leave(Following following) {
      followings.remove(following);
      try (following) {
        follows.release();
      }
    }

    @Override
    public void close() {
      if (!used) {
        follows.release();
        afterEach.run();
      }
    }
  }
}
