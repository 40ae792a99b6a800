package dev.groqchat.application.usecase;

import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * All that is open on this instance, turns and relays alike. Bounded. Thread-safe. Closing stops
 * all and waits for it.
 */
final class Places implements AutoCloseable {
  /**
   * What a client that found no place should wait; a turn at a provider such as Groq takes about as
   * long.
   */
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  /** What a client should wait that a shutdown has turned away; a new instance starts in less. */
  private static final Duration RETRY_AFTER_DRAIN = Duration.ofSeconds(5);

  private static final Duration LONGEST_END = Duration.ofSeconds(10);

  private final Set<Stoppable> taken = ConcurrentHashMap.newKeySet();
  private final Semaphore free;
  private volatile boolean draining;

  Places(int most) {
    this.free = new Semaphore(most);
  }

  /** What becomes of whatever is new, or is cut, when this instance goes away. */
  static Failure goingAway() {
    return new Failure.ShuttingDown(RETRY_AFTER_DRAIN);
  }

  /**
   * Takes a place; {@link #release} gives it back.
   *
   * @throws ChatException {@link Failure.TooBusy} if there is none left, {@link
   *     Failure.ShuttingDown} once this drains
   */
  void admit(Stoppable work) {
    if (!free.tryAcquire()) {
      throw refused();
    }
    taken.add(work);
    // Asked last: either this sees the drain, or the drain sees the work.
    if (draining) {
      release(work);
      throw refused();
    }
  }

  private ChatException refused() {
    return new ChatException(draining ? goingAway() : new Failure.TooBusy(RETRY_AFTER));
  }

  /** Gives a place back: the work is over. Idempotent. */
  void release(Stoppable work) {
    if (taken.remove(work)) {
      free.release();
    }
    work.over();
  }

  /** How many are taken. */
  int size() {
    return taken.size();
  }

  boolean draining() {
    return draining;
  }

  /**
   * Takes nothing more, lets what is open come to its end, and ends what is left when patience
   * does, or when the caller is interrupted.
   */
  void drain(Duration patience) {
    draining = true;
    if (!awaitAll(patience)) {
      List<Stoppable> left = List.copyOf(taken);
      // Marked first, all of them: none may begin because another, which it waited for, has ended.
      left.forEach(Stoppable::forbidForShutdown);
      left.forEach(Stoppable::stop);
      awaitAll(LONGEST_END);
    }
  }

  /** Whether all ended in time. To be interrupted is to have no more time. */
  private boolean awaitAll(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      for (Stoppable work : taken) {
        if (!work.awaitOver(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))) {
          return false;
        }
      }
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    drain(Duration.ZERO);
  }
}
