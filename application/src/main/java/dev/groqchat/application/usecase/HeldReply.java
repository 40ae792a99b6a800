package dev.groqchat.application.usecase;

import dev.groqchat.application.port.out.ReplyStream;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The reply that one thread waits for and then reads, and that any other may leave, at any moment.
 * Says who is the last to go, for there is something to be done then, once. Thread-safe.
 */
final class HeldReply {
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock.
  private @Nullable ReplyStream reply;
  private boolean begun;
  private boolean busy;
  private boolean closed;

  /**
   * Somebody begins to wait for the reply, or to read on.
   *
   * @param again false the first time
   * @throws InterruptedException if it is closed
   */
  void enter(boolean again) throws InterruptedException {
    lock.lock();
    try {
      if (busy || again != begun) {
        throw new IllegalStateException("a reply is asked for once, then read, by one thread");
      }
      if (closed) {
        throw new InterruptedException("closed");
      }
      begun = true;
      busy = true;
    } finally {
      lock.unlock();
    }
  }

  /** Whoever entered does no more; whether it is the last to go. */
  boolean leave() {
    lock.lock();
    try {
      busy = false;
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** The reply is there. One that comes too late is closed. */
  void hold(ReplyStream answer) throws InterruptedException {
    boolean late;
    lock.lock();
    try {
      late = closed;
      reply = answer;
    } finally {
      lock.unlock();
    }
    if (late) {
      answer.close();
      throw new InterruptedException("closed");
    }
  }

  /** The reply, for whoever has entered; null if it is not there. */
  @Nullable ReplyStream get() {
    lock.lock();
    try {
      return reply;
    } finally {
      lock.unlock();
    }
  }

  /** Leaves the model, if it has begun to answer. Idempotent. */
  void letGo() {
    ReplyStream left = get();
    if (left != null) {
      left.close();
    }
  }

  /** Nobody enters any more. */
  Closing close() {
    lock.lock();
    try {
      if (closed) {
        return Closing.AGAIN;
      }
      closed = true;
      return busy ? Closing.AMID : Closing.LAST;
    } finally {
      lock.unlock();
    }
  }

  /** What a closer has found. */
  enum Closing {
    /** Nobody is about: it is the last to go. */
    LAST,
    /** Somebody is, who will be the last. */
    AMID,
    /** It was closed before. */
    AGAIN
  }
}
