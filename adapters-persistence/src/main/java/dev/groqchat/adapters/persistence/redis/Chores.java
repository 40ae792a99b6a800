package dev.groqchat.adapters.persistence.redis;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A few threads for what is done in the background, again and again, for many things at once. Owns
 * them; closing ends them.
 */
final class Chores implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Chores.class);

  /** They wait for Redis most of the time; at most so many wait at once. */
  private static final int THREADS = 8;

  private static final Duration LONGEST_END = Duration.ofSeconds(5);

  private final ScheduledThreadPoolExecutor workers;

  Chores(String name) {
    workers =
        new ScheduledThreadPoolExecutor(THREADS, Thread.ofVirtual().name(name + "-", 0).factory());
    workers.setRemoveOnCancelPolicy(true);
    workers.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Something to do whenever it says so. */
  Chore chore(Runnable work) {
    return new Chore(work);
  }

  @Override
  public void close() {
    workers.shutdown();
    try {
      if (!workers.awaitTermination(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS)) {
        workers.shutdownNow();
      }
    } catch (InterruptedException _) {
      workers.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  /** One thing to do; never done twice at once. Thread-safe. */
  final class Chore {
    private final Runnable work;
    private @Nullable ScheduledFuture<?> next;
    private long nextAt;
    private boolean busy;
    private boolean again;
    private boolean cancelled;

    private Chore(Runnable work) {
      this.work = work;
    }

    /** Does it after a while, or earlier if that was wished before. */
    synchronized void within(Duration patience) {
      long at = System.nanoTime() + patience.toNanos();
      if (cancelled || ((next != null || again) && nextAt - at <= 0)) {
        return;
      }
      nextAt = at;
      if (busy) {
        again = true;
      } else {
        schedule();
      }
    }

    /** Does it no more; does not wait if it is being done. */
    synchronized void cancel() {
      cancelled = true;
      again = false;
      if (next != null) {
        next.cancel(false);
        next = null;
      }
    }

    private void schedule() {
      if (next != null) {
        next.cancel(false);
      }
      try {
        long delay = nextAt - System.nanoTime();
        next = workers.schedule(this::run, delay, TimeUnit.NANOSECONDS);
      } catch (RejectedExecutionException _) {
        cancelled = true; // Closed.
      }
    }

    private void run() {
      if (!begin()) {
        return;
      }
      try {
        work.run();
      } catch (RuntimeException e) {
        LOG.error("work in the background broke", e);
      } finally {
        end();
      }
    }

    private synchronized boolean begin() {
      if (busy || cancelled) {
        again = busy && !cancelled;
        return false;
      }
      busy = true;
      next = null;
      return true;
    }

    private synchronized void end() {
      busy = false;
      if (again) {
        again = false;
        schedule();
      }
    }
  }
}
