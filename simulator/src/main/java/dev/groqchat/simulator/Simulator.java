package dev.groqchat.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Groq on a port of this machine. It answers as the provider does, to the byte, and can be slow,
 * cut off, full, over limit or broken on request: see {@link Script}. Thread-safe.
 */
public final class Simulator implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Simulator.class);
  private static final int BACKLOG = 1_024;

  /** Out of file handles, mostly: trying again at once would only burn the processor. */
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(50);

  private final SimulatorConfig config;
  private final ServerSocket server;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("simulator-", 0).factory());
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final Scripts scripts = new Scripts();
  private final Ledger ledger;
  private final Api api;
  private volatile boolean closing;

  private Simulator(SimulatorConfig config, ServerSocket server) {
    this.config = config;
    this.server = server;
    ledger = new Ledger(config.keptRequests());
    api = new Api(config, scripts, ledger);
  }

  /** Binds the port and answers until {@link #close()}. */
  @SuppressWarnings("AddressSelection") // the address is a configured one, mostly 127.0.0.1
  public static Simulator start(SimulatorConfig config) {
    try {
      var server = new ServerSocket();
      server.bind(
          new InetSocketAddress(InetAddress.getByName(config.host()), config.port()), BACKLOG);
      var simulator = new Simulator(config, server);
      simulator.threads.execute(simulator::accept);
      LOG.info("simulator answers at {}", simulator.baseUrl());
      return simulator;
    } catch (IOException taken) {
      throw new UncheckedIOException("cannot bind " + config.host() + ":" + config.port(), taken);
    }
  }

  /** The root, without {@code /openai/v1}, or {@code /api/v1} for OpenRouter's looks. */
  public URI baseUrl() {
    return URI.create("http://" + config.host() + ":" + server.getLocalPort());
  }

  /**
   * The next chat request not yet scripted for is answered so. Scripts given one after the other
   * serve requests in this order.
   */
  public void script(Script script) {
    scripts.add(script);
  }

  /**
   * Every request, also for models, that finds no script queued is answered as the function says;
   * empty leaves it to the request.
   */
  public void scriptEach(Function<SeenRequest, Optional<Script>> function) {
    scripts.rule(function);
  }

  /** The latest requests, oldest first. */
  public List<SeenRequest> requests() {
    return ledger.requests();
  }

  /**
   * Waits until so many requests have been received since the start or {@link #reset()}, and
   * returns the latest.
   */
  public List<SeenRequest> awaitRequests(int number, Duration atMost) throws InterruptedException {
    ledger.awaitRequests(number, atMost);
    return requests();
  }

  /**
   * How many requests were answered with this status since the start or {@link #reset()}, also of
   * those that are not kept any more. 0 stands for those whose connection ended before.
   */
  public long answered(int status) {
    return ledger.answered(status);
  }

  /** Streamed answers on their way. */
  public int openStreams() {
    return ledger.streams();
  }

  public int mostStreamsAtOnce() {
    return ledger.mostStreams();
  }

  /** Waits until exactly so many streams are on their way. */
  public void awaitOpenStreams(int number, Duration atMost) throws InterruptedException {
    ledger.awaitStreams(number, atMost);
  }

  /** Waits until no request is being answered. */
  public void awaitIdle(Duration atMost) throws InterruptedException {
    ledger.awaitIdle(atMost);
  }

  /** Forgets scripts and requests, not the use of limits. */
  public void reset() {
    scripts.clear();
    ledger.clear();
  }

  /** Frees the port and ends every connection and thread at once. Idempotent. */
  @Override
  public void close() {
    closing = true;
    closeQuietly(server);
    sockets.forEach(Simulator::closeQuietly);
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(10, TimeUnit.SECONDS))
        LOG.error("the simulator's threads do not end");
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }

  boolean isTerminated() {
    return threads.isTerminated();
  }

  private void accept() {
    while (!closing) {
      try {
        connect(server.accept());
      } catch (IOException failed) {
        if (closing) return;
        LOG.warn("a connection was not accepted: {}", failed.toString());
        LockSupport.parkNanos(PAUSE_AFTER_FAILURE.toNanos());
      }
    }
  }

  private void connect(Socket socket) {
    if (sockets.size() >= config.maxConnections()) {
      closeQuietly(socket);
      return;
    }
    var connection = new Connection(socket, config, api, ledger, threads, () -> closing);
    sockets.add(socket);
    try {
      threads.execute(() -> {
        try {
          connection.run();
        } finally {
          sockets.remove(socket);
        }
      });
    } catch (RejectedExecutionException closed) {
      closeQuietly(socket);
    }
  }

  private static void closeQuietly(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception ignored) {
      LOG.debug("closing: {}", ignored.toString());
    }
  }
}
