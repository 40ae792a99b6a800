package dev.groqchat.adapters.groq;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** For what the simulator, being a proper server, does not do: a talk over a plain socket. */
final class RawServer implements AutoCloseable {
  private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");

  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger connections = new AtomicInteger();

  private RawServer(Talk talk) throws IOException {
    threads.execute(() -> accept(talk));
  }

  /** What is said on each connection; it ends with the talk. */
  interface Talk {
    void talk(InputStream in, OutputStream out) throws IOException, InterruptedException;
  }

  static RawServer talking(Talk talk) throws IOException {
    return new RawServer(talk);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  int connections() {
    return connections.get();
  }

  /** Reads one request; false at the connection's end. */
  static boolean readRequest(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        return false;
      }
      head.append((char) next);
    }
    Matcher length = LENGTH.matcher(head);
    in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
    return true;
  }

  /** Begins a stream that ends with the connection. */
  static void beginStream(OutputStream out) throws IOException {
    say(out, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n");
  }

  static void say(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private void accept(Talk talk) {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        connections.incrementAndGet();
        threads.execute(() -> serve(socket, talk));
      } catch (IOException _) {
        return;
      }
    }
  }

  private static void serve(Socket socket, Talk talk) {
    try (socket) {
      talk.talk(new BufferedInputStream(socket.getInputStream()), socket.getOutputStream());
    } catch (IOException | InterruptedException _) {
      // The other side has gone, or the test is over.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
  }
}
