package dev.groqchat.application.usecase;

import dev.groqchat.domain.turn.OnDisconnect;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/** Who follows an open turn, and what becomes of it when nobody does any more. Thread-safe. */
final class Attendance {
  private final OnDisconnect onDisconnect;
  private final Timer timer;
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
   * @param stop stops the turn; quick, and harmless when it has stopped
   */
  Attendance(OnDisconnect onDisconnect, Timer timer, Runnable stop) {
    this.onDisconnect = onDisconnect;
    this.timer = timer;
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
    switch (onDisconnect) {
      case OnDisconnect.Continue _ -> {}
      case OnDisconnect.Cancel _ -> stop.run();
      case OnDisconnect.Grace(Duration patience) ->
          endGrace = timer.after(patience, () -> stopUnlessSomebodyCame(departure));
    }
  }

  private void stopUnlessSomebodyCame(long departure) {
    locked(() -> {
      if (followers == 0 && departures == departure) {
        stop.run();
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
