package dev.groqchat.adapters.persistence.redis;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Waits for answers by this process's own time. Where the machine is short of processors, or memory
 * is being cleaned up, a thread sleeps longer than it meant to, and the answer may be there all the
 * while without anybody having had the time to read it: to blame Redis for that would fail turns
 * just when there is too much to do, and have all of it done again. So patience is spent in short
 * waits, each of which counts as what it was meant to be, however long it took.
 */
final class Patience {
  /** How many waits make up a patience. */
  static final int WAITS = 10;

  private Patience() {}

  /**
   * Waits, interrupted or not.
   *
   * @param patience how long, if each wait takes as long as it should
   * @throws TimeoutException if nothing came; the answer is cancelled then
   * @throws ExecutionException what the answer failed with
   */
  static <T extends @Nullable Object> T await(CompletableFuture<T> answer, Duration patience)
      throws ExecutionException, TimeoutException {
    long wait = patience.toNanos() / WAITS;
    boolean interrupted = false;
    try {
      for (int waits = 0; waits < WAITS; ) {
        try {
          return answer.get(wait, TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
          waits++;
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
      answer.cancel(true);
      throw new TimeoutException("no answer within " + patience);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
