package dev.groqchat.application.usecase;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Does chores again and again, on a thread of its own, until it is closed. A chore that fails is
 * done again with the next round.
 */
final class Keeper implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Keeper.class.getName());

  /** Stores answer, or fail, within less. */
  private static final Duration LONGEST_ROUND = Duration.ofSeconds(5);

  private final Duration pause;
  private final List<Runnable> chores;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private boolean failing;

  Keeper(Duration pause, Runnable... chores) {
    this.pause = pause;
    this.chores = List.of(chores);
    this.thread = Thread.ofVirtual().name("keeper").start(this::rounds);
  }

  private void rounds() {
    try {
      while (!closed.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
        round();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Says once that it fails, not with every round. */
  private void round() {
    boolean failed = false;
    for (Runnable chore : chores) {
      try {
        chore.run();
      } catch (RuntimeException | Error e) {
        failed = true;
        if (!failing) {
          LOG.log(System.Logger.Level.WARNING, "a chore fails, and is tried again", e);
        }
      }
    }
    failing = failed;
  }

  /** Ends after the round that is under way. Idempotent. */
  @Override
  public void close() {
    closed.countDown();
    try {
      boolean _ = thread.join(LONGEST_ROUND);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
