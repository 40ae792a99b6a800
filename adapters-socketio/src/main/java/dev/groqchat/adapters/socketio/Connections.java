package dev.groqchat.adapters.socketio;

import io.socket.engineio.server.EngineIoServer;
import io.socket.engineio.server.EngineIoSocket;
import io.socket.engineio.server.ReadyState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;

/**
 * All connections there are. Ends them when the service ends: after the turns have, so that their
 * replies still arrive, and before the web server, which would wait for every poll. Thread-safe.
 */
final class Connections implements SmartLifecycle {
  /** How long connections may take to hear the last of it. */
  private static final long GOODBYE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final Surface surface;
  private final ScheduledExecutorService timer;
  private final Map<String, Connection> open = new HashMap<>();
  private boolean running;

  Connections(Surface surface, ScheduledExecutorService timer) {
    this.surface = surface;
    this.timer = timer;
  }

  /** Takes the connections of an engine. */
  void of(EngineIoServer engine) {
    engine.on("connection", arguments -> opened((EngineIoSocket) arguments[0]));
  }

  private void opened(EngineIoSocket engine) {
    Future<?> deadline =
        timer.schedule(
            engine::close, surface.properties().connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
    Connection connection = new Connection(engine, Arrival.CURRENT.get(), surface, deadline);
    if (!admitted(engine.getId(), connection)) {
      connection.close();
      return;
    }
    engine.on("data", arguments -> connection.received(arguments[0]));
    engine.on("drain", arguments -> connection.delivered());
    engine.on("close", arguments -> left(engine.getId(), connection));
    if (engine.getReadyState() == ReadyState.CLOSED) {
      // Before anybody listened.
      left(engine.getId(), connection);
    }
  }

  private synchronized boolean admitted(String id, Connection connection) {
    if (!accepting()) {
      return false;
    }
    open.put(id, connection);
    return true;
  }

  private void left(String id, Connection connection) {
    connection.closed();
    synchronized (this) {
      open.remove(id);
      notifyAll();
    }
  }

  /** Whether there is room for one more. */
  synchronized boolean accepting() {
    return running && open.size() < surface.properties().maxSockets();
  }

  /** Whether there is still one that its client calls this. */
  synchronized boolean knows(String id) {
    return open.containsKey(id);
  }

  /** How many there are. */
  synchronized int size() {
    return open.size();
  }

  private synchronized List<Connection> all() {
    return List.copyOf(open.values());
  }

  @Override
  public synchronized void start() {
    running = true;
  }

  @Override
  public void stop() {
    synchronized (this) {
      running = false;
    }
    all().forEach(Connection::finish);
    try {
      awaitEmpty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    all().forEach(Connection::close);
  }

  private synchronized void awaitEmpty() throws InterruptedException {
    long end = System.nanoTime() + GOODBYE_NANOS;
    for (long left = GOODBYE_NANOS; !open.isEmpty() && left > 0; left = end - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return Integer.MAX_VALUE - 512;
  }
}
