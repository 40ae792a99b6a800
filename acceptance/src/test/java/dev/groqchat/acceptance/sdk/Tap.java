package dev.groqchat.acceptance.sdk;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.ObjIntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A wire between the SDKs and the service that passes bytes on as they are, a close in either
 * direction too, and counts the requests that go by: only so can one see how often an SDK tries.
 */
final class Tap implements AutoCloseable {
  private static final Pattern REQUEST =
      Pattern.compile("(?i)\\r\\nx-request-id: *([^\\r]+)\\r\\n");

  private static final int LONGEST_HEADER = 1_000;

  private final int to;
  private final ServerSocket server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, List<Attempt>> attempts = new ConcurrentHashMap<>();

  /** A request that went by; times in nanoseconds of {@link System#nanoTime}. */
  static final class Attempt {
    private final long arrived = System.nanoTime();
    private volatile long answered;

    long arrived() {
      return arrived;
    }

    /** When the latest piece of its answer went by. */
    long answered() {
      return answered;
    }
  }

  /** A client's connection, on which one request follows the other. */
  private final class Connection {
    private final StringBuilder seen = new StringBuilder();
    private volatile @Nullable Attempt latest;

    /** Counts the requests that are complete, and keeps the rest. */
    void sent(byte[] bytes, int length) {
      seen.append(new String(bytes, 0, length, StandardCharsets.ISO_8859_1));
      Matcher request = REQUEST.matcher(seen);
      int end = 0;
      while (request.find()) {
        Attempt attempt = new Attempt();
        latest = attempt;
        attempts.computeIfAbsent(request.group(1), _ -> new CopyOnWriteArrayList<>()).add(attempt);
        end = request.end();
      }
      seen.delete(0, Math.max(end, seen.length() - LONGEST_HEADER));
    }

    void answered() {
      Attempt attempt = latest;
      if (attempt != null) {
        attempt.answered = System.nanoTime();
      }
    }
  }

  private Tap(int to, ServerSocket server) {
    this.to = to;
    this.server = server;
  }

  static Tap before(int port) throws IOException {
    Tap tap = new Tap(port, new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress()));
    tap.threads.execute(tap::accept);
    return tap;
  }

  String address() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  /** The requests of this id. */
  List<Attempt> attempts(String id) {
    return attempts.getOrDefault(id, List.of());
  }

  private void accept() {
    try {
      while (true) {
        Socket client = server.accept();
        threads.execute(() -> connect(client));
      }
    } catch (IOException _) {
      // closed
    }
  }

  private void connect(Socket client) {
    try (client;
        Socket service = new Socket(InetAddress.getLoopbackAddress(), to)) {
      client.setTcpNoDelay(true);
      service.setTcpNoDelay(true);
      Connection connection = new Connection();
      var back = threads.submit(() -> pass(service, client, (_, _) -> connection.answered()));
      pass(client, service, connection::sent);
      back.get();
    } catch (Exception _) {
      // One side has gone; closing both tells the other.
    }
  }

  /** Passes one direction on; its end closes both. */
  private static void pass(Socket from, Socket on, ObjIntConsumer<byte[]> watcher) {
    try (from;
        on;
        InputStream in = from.getInputStream();
        OutputStream out = on.getOutputStream()) {
      byte[] bytes = new byte[16_384];
      for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
        watcher.accept(bytes, n);
        out.write(bytes, 0, n);
      }
    } catch (IOException _) {
      // One side has gone.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
  }
}
