package dev.groqchat.adapters.web.websocket;

import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.standard.StandardWebSocketSession;
import tools.jackson.databind.ObjectMapper;

/**
 * One socket, as our side writes to it: one writer at a time, who blocks until the container has
 * taken everything. Nothing is queued here: what a client has not read yet is still in the journal.
 * Thread-safe.
 */
final class Socket {
  private static final Logger LOG = LoggerFactory.getLogger(Socket.class);

  /** How long the other side may take to answer that we close. */
  private static final Duration FAREWELL = Duration.ofSeconds(5);

  private final WebSocketSession session;
  private final Session container;
  private final ObjectMapper json;
  // Fair: a ping must get its turn amid a hundred busy followers.
  private final ReentrantLock writing = new ReentrantLock(true);
  private final AtomicBoolean pinging = new AtomicBoolean();
  private final AtomicReference<@Nullable Thread> writer = new AtomicReference<>();
  private volatile boolean closed;

  /**
   * Takes a socket over.
   *
   * @param patience how long the client may leave our bytes unread
   */
  Socket(StandardWebSocketSession session, ObjectMapper json, Duration patience) {
    this.session = session;
    this.container = session.getNativeSession();
    this.json = json;
    container
        .getUserProperties()
        .put("org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT", patience.toMillis());
    container
        .getUserProperties()
        .put("org.apache.tomcat.websocket.SESSION_CLOSE_TIMEOUT", FAREWELL.toMillis());
  }

  /**
   * Sends objects, a message each, with nobody else's in between.
   *
   * @throws IOException if the client has gone, or has left our bytes unread for too long: then the
   *     socket is closed
   */
  void send(List<?> messages) throws IOException {
    // Not batched, though that would save writes: the container would flush the batch of a client
    // that has just shown that it does not read, and wait for that as long again.
    write(remote -> {
      for (Object message : messages) {
        remote.sendText(json.writeValueAsString(message));
      }
    });
  }

  /** Sends one object if the client is still there, and else does nothing: it has gone anyway. */
  void tell(Object message) {
    try {
      send(List.of(message));
    } catch (IOException e) {
      LOG.debug("the client has gone", e);
    }
  }

  /** Asks for a sign of life; not again while the last question has not gone out. Blocks. */
  void ping() {
    if (!pinging.compareAndSet(false, true)) {
      return;
    }
    try {
      write(remote -> remote.sendPing(ByteBuffer.allocate(0)));
    } catch (IOException e) {
      LOG.debug("the client has gone", e);
    } finally {
      pinging.set(false);
    }
  }

  private void write(Write write) throws IOException {
    writing.lock();
    try {
      writer.set(Thread.currentThread());
      // Asked after that: either this sees the end, or the end sees the writer.
      if (closed) {
        throw new IOException("closed");
      }
      write.to(container.getBasicRemote());
    } catch (IllegalStateException e) {
      throw new IOException("closed", e);
    } catch (IllegalArgumentException e) {
      // Text without UTF-8 should not have come this far. The container takes nothing after it.
      close(CloseStatus.SERVER_ERROR);
      throw new IOException("not to be sent", e);
    } finally {
      if (writer.getAndSet(null) == null) {
        // An interrupt that came too late for the write is not for what comes after it.
        Thread.interrupted();
      }
      writing.unlock();
    }
  }

  /**
   * Closes the socket. Without the lock, as whoever holds it may be stuck: the container gives a
   * closing message a moment to get through, and then hangs up. From any thread. Idempotent.
   */
  void close(CloseStatus status) {
    try {
      session.close(status);
    } catch (IOException | IllegalStateException e) {
      LOG.debug("closed already", e);
    }
  }

  /** The socket is closed. Frees a writer, whom the container would leave waiting for its time. */
  void closed() {
    closed = true;
    Thread stuck = writer.get();
    if (stuck != null
        && !stuck.equals(Thread.currentThread())
        && writer.compareAndSet(stuck, null)) {
      stuck.interrupt();
    }
  }

  /** What is to be written. */
  @FunctionalInterface
  private interface Write {
    void to(RemoteEndpoint.Basic remote) throws IOException;
  }

  @Override
  public String toString() {
    return Objects.toString(session.getId());
  }
}
