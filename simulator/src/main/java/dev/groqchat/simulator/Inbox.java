package dev.groqchat.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * What the peer sends, read ahead by a thread of its own. Somebody always reads the socket, so a
 * peer that goes is noticed at once, also while an answer is being sent or is silent; what it sent
 * ahead stays here for the next request. Bounded: a peer that pipelines more than the buffer takes
 * has to wait, and is not watched meanwhile.
 */
final class Inbox extends InputStream {
  private static final int SIZE = 16 * 1024;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final byte[] bytes = new byte[SIZE];
  private int start;
  private int end;
  private boolean ended;

  /**
   * Reads until the peer or somebody here closes the socket. Silence ends it too, unless {@code
   * patient}.
   */
  void pump(InputStream socket, BooleanSupplier patient) {
    try {
      while (awaitRoom()) {
        int n = read(socket, patient);
        if (n < 0) return;
        lock.lock();
        try {
          end += n;
          changed.signalAll();
        } finally {
          lock.unlock();
        }
      }
    } catch (IOException reset) {
      // The peer's RST or our own close: in both cases there is nothing more to read.
    } finally {
      end();
    }
  }

  private int read(InputStream socket, BooleanSupplier patient) throws IOException {
    while (true) {
      try {
        return socket.read(bytes, end, SIZE - end);
      } catch (SocketTimeoutException silence) {
        if (!patient.getAsBoolean()) return -1;
      }
    }
  }

  /**
   * Only the pump moves the ends back, so that it can read into the buffer without holding the
   * lock.
   */
  private boolean awaitRoom() {
    lock.lock();
    try {
      while (end == SIZE && start < end && !ended) changed.awaitUninterruptibly();
      if (start == end) start = end = 0;
      return !ended;
    } finally {
      lock.unlock();
    }
  }

  /** No more will be read. What is there can still be taken. */
  void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) return 0;
    lock.lock();
    try {
      while (start == end && !ended) changed.await();
      if (start == end) return -1;
      int n = Math.min(length, end - start);
      System.arraycopy(bytes, start, target, offset, n);
      start += n;
      changed.signalAll();
      return n;
    } catch (InterruptedException gone) {
      Thread.currentThread().interrupt();
      return -1;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }
}
