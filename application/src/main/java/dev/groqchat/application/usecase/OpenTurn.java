package dev.groqchat.application.usecase;

import dev.groqchat.application.port.in.Caller;
import dev.groqchat.domain.conversation.Message;
import dev.groqchat.domain.turn.Turn;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A turn that has not ended, on the instance that runs it, and how to stop it. Thread-safe.
 *
 * <p>A stop interrupts the turn's thread, but only while that waits for something in {@link
 * #interruptibly}: storing and journalling are never interrupted half-way.
 */
final class OpenTurn {
  private final Turn turn;
  private final Caller caller;
  private final @Nullable List<Message> transcript;
  private final Attendance attendance;
  private final ReentrantLock lock = new ReentrantLock();
  private final CountDownLatch over = new CountDownLatch(1);

  // Guarded by lock.
  private @Nullable Thread waiting;
  private boolean stopped;
  private boolean shutDown;

  /**
   * A turn that is about to run.
   *
   * @param transcript what the client brought instead of the stored history; null for the history
   * @param followedElsewhere whether another instance has followers of it
   */
  OpenTurn(
      Turn turn,
      Caller caller,
      @Nullable List<Message> transcript,
      Timer timer,
      BooleanSupplier followedElsewhere) {
    this.turn = turn;
    this.caller = caller;
    this.transcript = transcript;
    this.attendance =
        new Attendance(turn.options().onDisconnect(), timer, followedElsewhere, this::stop);
  }

  /** The turn as it was when it was opened. */
  Turn turn() {
    return turn;
  }

  Caller caller() {
    return caller;
  }

  @Nullable List<Message> transcript() {
    return transcript;
  }

  /** Who follows it. */
  Attendance attendance() {
    return attendance;
  }

  /** Lets the turn wait for nothing more; what it waits for now may still come. */
  void forbid() {
    locked(() -> stopped = true);
  }

  /**
   * The same, but it was nobody's wish: the turn counts as failed, and can be retried. What was
   * stopped before stays as it is.
   */
  void forbidForShutdown() {
    locked(() -> {
      shutDown |= !stopped;
      stopped = true;
    });
  }

  /** Whether it was a shutdown that stopped it. */
  boolean shutDown() {
    lock.lock();
    try {
      return shutDown;
    } finally {
      lock.unlock();
    }
  }

  /** Asks the turn to stop; it does so in its own thread, soon. Idempotent. */
  void stop() {
    locked(() -> {
      stopped = true;
      if (waiting != null) {
        waiting.interrupt();
      }
    });
  }

  /**
   * Waits for something in a way that a stop ends.
   *
   * @throws InterruptedException if the turn is, or has been, stopped
   */
  <T> T interruptibly(Wait<T> wait) throws InterruptedException {
    enterWait();
    try {
      return wait.await();
    } finally {
      leaveWait();
    }
  }

  /** Does something amid a wait that a stop must not interrupt. */
  void uninterruptibly(Runnable work) {
    leaveWait();
    try {
      work.run();
    } finally {
      locked(() -> {
        waiting = Thread.currentThread();
        if (stopped) {
          waiting.interrupt();
        }
      });
    }
  }

  private void enterWait() throws InterruptedException {
    lock.lock();
    try {
      if (stopped) {
        throw new InterruptedException("stopped");
      }
      waiting = Thread.currentThread();
    } finally {
      lock.unlock();
    }
  }

  private void leaveWait() {
    locked(() -> {
      waiting = null;
      // A stop that came too late to be noticed by the wait is noticed by the next one.
      Thread.interrupted();
    });
  }

  boolean stopped() {
    lock.lock();
    try {
      return stopped;
    } finally {
      lock.unlock();
    }
  }

  private void locked(Runnable work) {
    lock.lock();
    try {
      work.run();
    } finally {
      lock.unlock();
    }
  }

  /** The turn has ended, and everything it had open is closed. */
  void over() {
    over.countDown();
  }

  /** Waits for the end; false if it did not come in time. */
  boolean awaitOver(Duration patience) throws InterruptedException {
    return over.await(patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Something to wait for. */
  @FunctionalInterface
  interface Wait<T> {
    T await() throws InterruptedException;
  }
}
