package dev.groqchat.adapters.persistence.redis;

import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulConnection;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is made as soon as Redis can be reached, without anybody waiting for it. Once
 * made, Lettuce renews it by itself. Owns the thread that connects, which ends with the attempt's
 * success or with this. Thread-safe.
 */
final class RedisLink<C extends StatefulConnection<?, ?>> implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(250);

  private final Supplier<C> connect;
  private final Consumer<C> connected;
  private @Nullable Thread connecting;
  private volatile @Nullable C connection;
  private boolean closed;

  /**
   * Begins to connect.
   *
   * @param connect blocks until there is a connection
   * @param connected told of each new connection, in the thread that made it
   */
  RedisLink(Supplier<C> connect, Consumer<C> connected) {
    this.connect = connect;
    this.connected = connected;
    start();
  }

  /**
   * The connection, which may be broken just now.
   *
   * @throws RedisException if there was none yet
   */
  C now() {
    C current = connection;
    if (current == null) {
      throw new RedisException("not connected yet");
    }
    return current;
  }

  /** Whether there is a connection, broken or not. */
  boolean made() {
    return connection != null;
  }

  /** Gives up a connection that has gone silent, and makes another. */
  void replace() {
    C silent = forget();
    if (silent != null) {
      Future<Void> _ = silent.closeAsync();
      start();
    }
  }

  private synchronized @Nullable C forget() {
    C current = connection;
    connection = null;
    return current;
  }

  private synchronized void start() {
    if (!closed && connecting == null) {
      connecting = Thread.ofVirtual().name("redis-connect").start(this::connect);
    }
  }

  private void connect() {
    boolean made = false;
    while (!made && !Thread.currentThread().isInterrupted()) {
      try {
        made = keep(connect.get());
      } catch (RuntimeException _) {
        pause(); // It is away: said once by the gate, not at each attempt.
      }
    }
  }

  private boolean keep(C fresh) {
    if (taken(fresh)) {
      connected.accept(fresh);
    } else {
      Future<Void> _ = fresh.closeAsync();
    }
    return true;
  }

  private synchronized boolean taken(C fresh) {
    connecting = null;
    if (!closed) {
      connection = fresh;
    }
    return !closed;
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    C last;
    synchronized (this) {
      closed = true;
      if (connecting != null) {
        connecting.interrupt();
      }
      last = forget();
    }
    if (last != null) {
      last.close();
    }
  }
}
