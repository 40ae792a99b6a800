package dev.groqchat.adapters.web.websocket;

import dev.groqchat.adapters.web.settings.WebProperties;
import dev.groqchat.application.port.in.WatchDrain;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * All sockets that are open, and the one thread that looks after them: heart-beats, silence, and
 * telling them that this instance is going away. Thread-safe.
 */
@Component
final class Sockets implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(Sockets.class);

  /**
   * How often it looks, or more often where pings are: what is noticed by it is noticed so much
   * later.
   */
  private static final Duration OFTEN = Duration.ofMillis(200);

  /** How long the last words to all sockets together may take. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private final Set<Connection> open = ConcurrentHashMap.newKeySet();
  private final WatchDrain watchDrain;
  private final Duration pingInterval;
  private final Duration idleTimeout;
  private final Duration often;
  private volatile @Nullable ScheduledThreadPoolExecutor care;

  Sockets(WatchDrain watchDrain, WebProperties web, SocketProperties properties) {
    this.watchDrain = watchDrain;
    this.pingInterval = properties.pingInterval();
    this.idleTimeout = web.idleTimeout();
    this.often = pingInterval.compareTo(OFTEN) < 0 ? pingInterval : OFTEN;
  }

  void opened(Connection connection) {
    open.add(connection);
  }

  void closed(Connection connection) {
    open.remove(connection);
    connection.closed();
  }

  /** How many are open. */
  int size() {
    return open.size();
  }

  @Override
  public void start() {
    ScheduledThreadPoolExecutor started =
        new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("sockets").factory());
    var _ =
        started.scheduleWithFixedDelay(
            this::look, often.toNanos(), often.toNanos(), TimeUnit.NANOSECONDS);
    care = started;
  }

  private void look() {
    try {
      boolean draining = watchDrain.draining();
      for (Connection connection : open) {
        if (draining) {
          connection.drain();
        }
        connection.beat(pingInterval, idleTimeout);
      }
    } catch (RuntimeException e) {
      // Thrown on, it would end all looking for good.
      LOG.error("looking after sockets failed", e);
    }
  }

  @Override
  public void stop() {
    ScheduledThreadPoolExecutor stopped = care;
    if (stopped != null) {
      stopped.shutdownNow();
      care = null;
    }
    List<Thread> farewells =
        open.stream().map(connection -> Thread.ofVirtual().start(connection::end)).toList();
    try {
      long deadline = System.nanoTime() + LAST_WORDS.toNanos();
      for (Thread farewell : farewells) {
        // However long the others took, a thread that is done is seen to be.
        boolean _ = farewell.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return care != null;
  }

  /**
   * Ends after the turns were given their time, before the web server waits for its connections:
   * for these it would wait in vain.
   */
  @Override
  public int getPhase() {
    return DEFAULT_PHASE - 512;
  }
}
