package dev.groqchat.acceptance.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A port that stays while the service behind it comes and goes; and, if one likes, a proxy that
 * lets no WebSockets through. Each connection has two virtual threads, which end with it.
 */
final class Doorway implements AutoCloseable {
  private static final byte[] REFUSED =
      "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);

  private final ServerSocket server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile int target;
  private volatile boolean withoutSockets;

  Doorway(String address) throws IOException {
    leadTo(address);
    Thread.ofVirtual().start(this::accept);
  }

  /** From now on, to another service. */
  void leadTo(String address) {
    target = Integer.parseInt(address.substring(address.indexOf(':') + 1));
  }

  /** Lets no WebSockets through. */
  void refuseSockets() {
    withoutSockets = true;
  }

  /** Breaks all connections; new ones are let in. */
  void cut() {
    open.forEach(Doorway::close);
  }

  String address() {
    return "localhost:" + server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        open.add(client);
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException _) {
        // Closed: the loop ends.
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        Socket service = new Socket(InetAddress.getLoopbackAddress(), target)) {
      open.add(service);
      byte[] head = new byte[16384];
      int length = client.getInputStream().read(head);
      if (length > 0 && !(withoutSockets && upgrades(head, length))) {
        service.getOutputStream().write(head, 0, length);
        Thread.ofVirtual().start(() -> pour(client, service));
        pour(service, client);
      } else {
        client.getOutputStream().write(REFUSED);
      }
      open.remove(service);
    } catch (IOException _) {
      // Gone, as connections go.
    } finally {
      open.remove(client);
    }
  }

  private static boolean upgrades(byte[] head, int length) {
    return new String(head, 0, length, StandardCharsets.ISO_8859_1).contains("Upgrade: websocket");
  }

  private static void pour(Socket from, Socket to) {
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      in.transferTo(out);
    } catch (IOException _) {
      // One side has gone: closing both streams, and with them both sockets, is the answer.
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // It is closed, then.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    cut();
  }
}
