package dev.groqchat.application.usecase;

import dev.groqchat.domain.turn.OnDisconnect;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/**
 * Who follows an open turn, here or on another instance, and what becomes of it when nobody does
 * any more. Thread-safe.
 */
final class Attendance {
  /**
   * How often it is asked whether another instance's followers are still there: a client that
   * leaves is to be noticed within two seconds.
   */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final OnDisconnect onDisconnect;
  private final Timer timer;
  private final BooleanSupplier followedElsewhere;
  private final Runnable stop;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock.
  private int followers;
  private long departures;
  private boolean ending;
  private Runnable endGrace = () -> {};

  /**
   * An attendance of nobody yet.
   *
   * @param followedElsewhere whether another instance has followers
   * @param stop stops the turn; quick, and harmless when it has stopped
   */
  Attendance(
      OnDisconnect onDisconnect, Timer timer, BooleanSupplier followedElsewhere, Runnable stop) {
    this.onDisconnect = onDisconnect;
    this.timer = timer;
    this.followedElsewhere = followedElsewhere;
    this.stop = stop;
  }

  /** One more follower. */
  void attend() {
    locked(() -> {
      followers++;
      endGrace.run();
    });
  }

  /** One follower less. The last one to leave may end the turn: {@link OnDisconnect}. */
  void leave() {
    locked(() -> {
      followers--;
      departures++;
      if (followers == 0 && !ending) {
        abandoned(departures);
      }
    });
  }

  /**
   * From now on the turn ends by itself: who leaves changes nothing, and need not be remembered.
   */
  void ending() {
    locked(() -> {
      ending = true;
      endGrace.run();
    });
  }

  private void abandoned(long departure) {
    if (onDisconnect instanceof OnDisconnect.Continue) {
      return;
    }
    if (followedElsewhere.getAsBoolean()) {
      endGrace = timer.after(LOOK_AGAIN, () -> unlessSomebodyCame(departure, this::abandoned));
      return;
    }
    switch (onDisconnect) {
      case OnDisconnect.Continue _ -> {}
      case OnDisconnect.Cancel _ -> stop.run();
      case OnDisconnect.Grace(Duration patience) ->
          endGrace = timer.after(patience, () -> unlessSomebodyCame(departure, this::endGrace));
    }
  }

  private void endGrace(long departure) {
    if (followedElsewhere.getAsBoolean()) {
      abandoned(departure);
    } else {
      stop.run();
    }
  }

  private void unlessSomebodyCame(long departure, LongConsumer then) {
    locked(() -> {
      if (followers == 0 && departures == departure && !ending) {
        then.accept(departure);
      }
    });
  }

  private void locked(Runnable work) {
    lock.lock();
    try {
      work.run();
    } finally {
      lock.unlock();
    }
  }
}
