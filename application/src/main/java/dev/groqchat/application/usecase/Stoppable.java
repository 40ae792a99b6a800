package dev.groqchat.application.usecase;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Something that is open on this instance and has not ended, and how to stop it. Thread-safe.
 *
 * <p>A stop interrupts whoever works on it, but only while that waits for something in {@link
 * #interruptibly}: storing and journalling are never interrupted half-way.
 */
class Stoppable {
  private final ReentrantLock lock = new ReentrantLock();
  private final CountDownLatch over = new CountDownLatch(1);

  // Guarded by lock.
  private @Nullable Thread waiting;
  private boolean stopped;
  private boolean shutDown;

  /** Lets it wait for nothing more; what it waits for now may still come. */
  void forbid() {
    locked(() -> stopped = true);
  }

  /**
   * The same, but it was nobody's wish: it counts as failed, and can be tried again. What was
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

  /** Asks it to stop; it does so in its own thread, soon. Idempotent. */
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
   * @throws InterruptedException if it is, or has been, stopped
   */
  <T extends @Nullable Object> T interruptibly(Wait<T> wait) throws InterruptedException {
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
      // A stop that came too late to be noticed by the wait is noticed by the next one. Any other
      // interrupt is for whoever owns the thread.
      if (stopped) {
        Thread.interrupted();
      }
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

  /** It has ended, and everything it had open is closed. */
  void over() {
    over.countDown();
  }

  /** Waits for the end; false if it did not come in time. */
  boolean awaitOver(Duration patience) throws InterruptedException {
    return over.await(patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Something to wait for. */
  @FunctionalInterface
  interface Wait<T extends @Nullable Object> {
    T await() throws InterruptedException;
  }
}
