package dev.groqchat.adapters.persistence.redis;

import io.lettuce.core.RedisCommandExecutionException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Waits for answers, and knows a Redis that is away from one that is only slow, or that is slow to
 * be heard here. To give up on the latter would fail turns just when there is too much to do, and
 * have all of it done again. Two things tell them apart:
 *
 * <ul>
 *   <li>As long as anybody is answered, Redis is there, and one's own answer is on its way: what is
 *       waited for is silence.
 *   <li>Where processors are short, or memory is being cleaned up, a thread sleeps longer than it
 *       meant to, and the answer may be there all the while without anybody having had the time to
 *       read it. So silence is measured in short waits, each of which counts as what it was meant
 *       to be, however long it took.
 * </ul>
 *
 * Thread-safe.
 */
final class Patience {
  /** How many short waits without any answer make a silence. */
  static final int WAITS = 10;

  /** How many of them there are in all, if others keep being answered. */
  static final int MOST_WAITS = 10 * WAITS;

  private final AtomicLong answers = new AtomicLong();

  /**
   * Waits, interrupted or not.
   *
   * @param silence how long nobody is answered until this gives up
   * @throws TimeoutException if nothing came; the answer is cancelled then
   * @throws ExecutionException what the answer failed with
   */
  <T extends @Nullable Object> T await(CompletableFuture<T> answer, Duration silence)
      throws ExecutionException, TimeoutException {
    CompletableFuture<T> _ = answer.whenComplete((_, failure) -> heard(failure));
    long wait = silence.toNanos() / WAITS;
    boolean interrupted = false;
    try {
      long before = answers.get();
      int silent = 0;
      for (int waits = 0; silent < WAITS && waits < MOST_WAITS; ) {
        try {
          return answer.get(wait, TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
          long now = answers.get();
          silent = now == before ? silent + 1 : 0;
          before = now;
          waits++;
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
      answer.cancel(true);
      throw new TimeoutException("no answer, and " + silent + " waits of silence");
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** An error is an answer, too; what was given up here, or broke with a connection, is none. */
  private void heard(@Nullable Throwable failure) {
    if (failure == null
        || RedisScript.unwrapped(failure) instanceof RedisCommandExecutionException) {
      answers.incrementAndGet();
    }
  }
}
