package dev.groqchat.bootstrap;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/** A connection, byte by byte: for what no well-behaved client sends. To be closed. */
final class RawConnection implements AutoCloseable {
  static final String ENDED = "<ended>";

  private static final int PATIENCE_MILLIS = 30_000;

  private final Socket socket;

  RawConnection(URI service) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), service.getPort());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
  }

  /** Sends text as it is, its characters as bytes; line feeds become those of HTTP. */
  RawConnection send(String lines) throws IOException {
    return send(lines.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
  }

  RawConnection send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /** From now on sends a byte now and then, until the other side has had enough. */
  RawConnection trickle(char filler, int pauseMillis) {
    Thread.ofVirtual()
        .start(() -> {
          try {
            while (!socket.isClosed()) {
              LockSupport.parkNanos(pauseMillis * 1_000_000L);
              socket.getOutputStream().write(filler);
            }
          } catch (IOException _) {
            // That is the end of it.
          }
        });
    return this;
  }

  /** Reads to the end of the connection; fails if it does not come. */
  String readToEnd() throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    try {
      InputStream in = socket.getInputStream();
      for (int next = in.read(); next >= 0; next = in.read()) {
        read.write(next);
      }
    } catch (SocketException _) {
      // A reset is an end, too.
    }
    return read.toString(StandardCharsets.ISO_8859_1) + ENDED;
  }

  /** Reads until some words have come; fails if they do not. */
  String readTo(String words) throws IOException {
    StringBuilder read = new StringBuilder();
    while (read.indexOf(words) < 0) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        throw new AssertionError("ended without '" + words + "': " + read);
      }
      read.append((char) next);
    }
    return read.toString();
  }

  /** Whether nothing has come so far. */
  boolean silent() throws IOException {
    return socket.getInputStream().available() == 0;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
