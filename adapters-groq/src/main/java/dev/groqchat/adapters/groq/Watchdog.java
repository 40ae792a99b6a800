package dev.groqchat.adapters.groq;

import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.failure.Failure.ModelTimeout.Waiting;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends waits that last too long: one thread for all of them. HTTP clients bound the wait for a
 * status or a whole exchange, but not the silence inside of a stream. Thread-safe.
 */
final class Watchdog implements AutoCloseable {
  private static final long NEVER = Long.MAX_VALUE;

  private final ScheduledThreadPoolExecutor timer;

  Watchdog() {
    timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("groq-watchdog").factory());
    timer.setRemoveOnCancelPolicy(true);
  }

  /**
   * Watches over a reply.
   *
   * @param start when it was asked for, by {@link System#nanoTime()}
   * @param wholeReply how long after that it must have ended
   * @param onExpiry ends the wait; quick, on the watchdog's own thread
   */
  Watch watch(long start, Duration wholeReply, Runnable onExpiry) {
    return new Watch(start, wholeReply, onExpiry);
  }

  /** Watches no more. */
  @Override
  public void close() {
    timer.shutdownNow();
  }

  /**
   * Watches over one reply. Moving its deadline costs no scheduling: a task that comes too early
   * looks at the deadline and comes again. Thread-safe.
   */
  final class Watch {
    private final long start;
    private final Duration wholeReply;
    private final Runnable onExpiry;
    private final Object lock = new Object();
    private Waiting waiting = Waiting.FIRST_TOKEN;
    private Duration limit = Duration.ZERO;
    private long deadline = NEVER;
    private long armedFor = NEVER;
    private boolean over;
    private @Nullable ScheduledFuture<?> task;
    private volatile Failure.@Nullable ModelTimeout expired;

    private Watch(long start, Duration wholeReply, Runnable onExpiry) {
      this.start = start;
      this.wholeReply = wholeReply;
      this.onExpiry = onExpiry;
    }

    /** Somebody waits from now on: no longer than this, counted from the question. */
    void awaitSinceStart(Waiting what, Duration most) {
      await(what, most, most.toNanos());
    }

    /** Somebody waits from now on: no longer than this, counted from now. */
    void awaitSinceNow(Waiting what, Duration most) {
      await(what, most, elapsed() + most.toNanos());
    }

    /** Nobody waits: only the whole reply's limit is left. */
    void rest() {
      synchronized (lock) {
        deadline = NEVER;
      }
    }

    /** What was waited for in vain; null if nothing was. */
    Failure.@Nullable ModelTimeout expired() {
      return expired;
    }

    /** Watches no more. Idempotent. */
    void stop() {
      synchronized (lock) {
        over = true;
        if (task != null) {
          task.cancel(false);
        }
      }
    }

    private void await(Waiting what, Duration most, long until) {
      synchronized (lock) {
        waiting = what;
        limit = most;
        deadline = until;
        if (armedFor > nextDeadline()) {
          arm();
        }
      }
    }

    private void look() {
      synchronized (lock) {
        if (over || timer.isShutdown()) {
          return;
        }
        if (elapsed() < nextDeadline()) {
          arm();
          return;
        }
        over = true;
        expired =
            deadline <= wholeReply.toNanos()
                ? new Failure.ModelTimeout(waiting, limit)
                : new Failure.ModelTimeout(Waiting.WHOLE_REPLY, wholeReply);
      }
      onExpiry.run();
    }

    private void arm() {
      if (over || timer.isShutdown()) {
        return;
      }
      if (task != null) {
        task.cancel(false);
      }
      armedFor = nextDeadline();
      task = timer.schedule(this::look, Math.max(0, armedFor - elapsed()), TimeUnit.NANOSECONDS);
    }

    private long nextDeadline() {
      return Math.min(deadline, wholeReply.toNanos());
    }

    private long elapsed() {
      return System.nanoTime() - start;
    }
  }
}
