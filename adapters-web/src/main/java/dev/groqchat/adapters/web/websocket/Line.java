package dev.groqchat.adapters.web.websocket;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The messages of one socket, answered one after the other, on a virtual thread that is there while
 * there are any. Bounded in number and in length. Thread-safe.
 */
final class Line implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Line.class);

  private final int most;
  private final long mostChars;
  private final Consumer<String> answer;
  private final Runnable afterEach;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock.
  private final Deque<String> waiting = new ArrayDeque<>();
  private long chars;
  private boolean busy;
  private boolean closed;

  /**
   * An empty line.
   *
   * @param most how many may wait
   * @param mostChars how long they may be together; a single one may be longer
   * @param afterEach what to do when the line has become empty
   */
  Line(int most, long mostChars, Consumer<String> answer, Runnable afterEach) {
    this.most = most;
    this.mostChars = mostChars;
    this.answer = answer;
    this.afterEach = afterEach;
  }

  /**
   * Puts a message at the end.
   *
   * @throws Overload if the line is too long
   */
  void join(String message) {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      if (!waiting.isEmpty() && (waiting.size() >= most || chars + message.length() > mostChars)) {
        throw new Overload("too many messages are waiting; wait for their replies");
      }
      waiting.add(message);
      chars += message.length();
      if (!busy) {
        busy = true;
        start();
      }
    } finally {
      lock.unlock();
    }
  }

  private void start() {
    Thread.ofVirtual()
        .name("socket-line")
        .uncaughtExceptionHandler((_, e) -> LOG.error("a socket's line broke", e))
        .start(this::work);
  }

  private void work() {
    for (String next = next(); next != null; next = next()) {
      answer.accept(next);
    }
    afterEach.run();
  }

  private @Nullable String next() {
    lock.lock();
    try {
      String next = waiting.poll();
      if (next == null) {
        busy = false;
      } else {
        chars -= next.length();
      }
      return next;
    } finally {
      lock.unlock();
    }
  }

  /** Whether nothing waits, and nothing is being answered. */
  boolean isEmpty() {
    lock.lock();
    try {
      return !busy;
    } finally {
      lock.unlock();
    }
  }

  /** Forgets what waits, and takes no more. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      waiting.clear();
      chars = 0;
    } finally {
      lock.unlock();
    }
  }
}
