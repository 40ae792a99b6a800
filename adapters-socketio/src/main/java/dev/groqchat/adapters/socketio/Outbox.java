package dev.groqchat.adapters.socketio;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Texts on their way to a client, in order. Putting one in never waits for the network: a virtual
 * thread, there only while there is something to send, does. Thread-safe.
 */
final class Outbox {
  private final Wire wire;
  private final long limit;
  private final Queue<String> texts = new ArrayDeque<>();
  private long chars;
  private boolean sending;
  private boolean closing;
  private boolean closed;

  /**
   * An empty one.
   *
   * @param limit how many chars may wait
   */
  Outbox(Wire wire, long limit) {
    this.wire = wire;
    this.limit = limit;
  }

  /** Puts a text in; a client that has left too many unread loses its connection. */
  synchronized void put(String text) {
    if (closing) {
      return;
    }
    if (chars > 0 && chars + text.length() > limit) {
      fail();
      return;
    }
    texts.add(text);
    chars += text.length();
    send();
  }

  /** Closes once everything is sent. Idempotent. */
  synchronized void close() {
    closing = true;
    send();
  }

  private void fail() {
    closing = true;
    closed = true;
    texts.clear();
    Thread.ofVirtual().name("socketio-close").start(() -> wire.broken("too slow"));
  }

  private void send() {
    if (!sending && !closed) {
      sending = true;
      Thread.ofVirtual().name("socketio-send").start(this::run);
    }
  }

  private void run() {
    try {
      for (String text = next(); text != null; text = next()) {
        wire.send(text);
      }
      if (ended()) {
        wire.hangUp();
      }
    } catch (IOException e) {
      broken();
    }
  }

  private synchronized @Nullable String next() {
    String text = texts.poll();
    if (text == null) {
      sending = false;
      chars = 0;
    }
    return text;
  }

  /** Whether it falls to this thread to close. */
  private synchronized boolean ended() {
    boolean ours = closing && !closed && !sending;
    closed |= ours;
    return ours;
  }

  private void broken() {
    synchronized (this) {
      closing = true;
      closed = true;
      texts.clear();
    }
    wire.broken("write error");
  }

  /** What leads to the client. Its methods may block. */
  interface Wire {
    void send(String text) throws IOException;

    /** Says goodbye. */
    void hangUp();

    /** Hangs up without waiting: the client does not listen. */
    void broken(String why);
  }
}
