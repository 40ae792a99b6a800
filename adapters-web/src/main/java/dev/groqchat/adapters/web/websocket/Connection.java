package dev.groqchat.adapters.web.websocket;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.CloseStatus;

/**
 * One socket from its opening to its end: puts messages together, knows when the client was last
 * heard of, and ends everything once. What reads is for the container's thread, the rest for any.
 */
final class Connection {
  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
  private static final CloseStatus SILENT = CloseStatus.GOING_AWAY.withReason("no sign of life");

  /** In chars: a long message's room is not kept for the short ones that follow. */
  private static final int ROOM_KEPT = 8192;

  private final Socket socket;
  private final Talk talk;
  private final long mostBytes;
  private final StringBuilder message = new StringBuilder();
  private final AtomicBoolean drained = new AtomicBoolean();
  private long bytes;
  private boolean tooBig;
  private volatile long heard = System.nanoTime();
  private volatile long asked = System.nanoTime();

  /**
   * A socket that has just been opened.
   *
   * @param mostBytes of a message
   */
  Connection(Socket socket, Talk talk, long mostBytes) {
    this.socket = socket;
    this.talk = talk;
    this.mostBytes = mostBytes;
  }

  /**
   * A part of a text message. Gathered here, as the container would set room for the longest aside.
   */
  void text(String part, int partBytes, boolean last) {
    if (!fits(partBytes)) {
      return;
    }
    message.append(part);
    if (last) {
      String whole = message.toString();
      begin();
      talk.text(whole);
    }
  }

  /** A part of a binary message. */
  void binary(int partBytes, boolean last) {
    if (fits(partBytes) && last) {
      begin();
      talk.binary();
    }
  }

  private void begin() {
    message.setLength(0);
    if (message.capacity() > ROOM_KEPT) {
      message.trimToSize();
    }
    bytes = 0;
  }

  private boolean fits(int partBytes) {
    heard();
    bytes += partBytes;
    if (bytes > mostBytes && !tooBig) {
      tooBig = true;
      begin();
      socket.close(
          CloseStatus.TOO_BIG_TO_PROCESS.withReason("a message is over " + mostBytes + " bytes"));
    }
    return !tooBig;
  }

  /** The client has given a sign of life. */
  void heard() {
    heard = System.nanoTime();
  }

  /** Looks after the socket: asks for a sign of life, or gives it up for want of one. Quick. */
  void beat(Duration askAfter, Duration giveUpAfter) {
    long now = System.nanoTime();
    if (now - heard >= giveUpAfter.toNanos()) {
      apart(() -> socket.close(SILENT));
    } else if (Math.min(now - heard, now - asked) >= askAfter.toNanos()) {
      asked = now;
      apart(socket::ping);
    }
  }

  /** Tells the client, once, that this instance is going away. Quick. */
  void drain() {
    if (drained.compareAndSet(false, true)) {
      apart(talk::drain);
    }
  }

  /** Ends the socket because the service ends. Blocks for a moment. */
  void end() {
    if (drained.compareAndSet(false, true)) {
      talk.drain();
    }
    socket.close(CloseStatus.GOING_AWAY);
  }

  /** The socket is closed. */
  void closed() {
    socket.closed();
    talk.left();
  }

  /**
   * On a thread of its own, and a short one: whoever writes to a client may have to wait for it.
   */
  private static void apart(Runnable work) {
    Thread.ofVirtual()
        .name("socket-care")
        .uncaughtExceptionHandler((_, e) -> LOG.error("a socket's care broke", e))
        .start(work);
  }
}
