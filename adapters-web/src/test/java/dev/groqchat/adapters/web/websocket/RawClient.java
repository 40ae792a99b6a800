package dev.groqchat.adapters.web.websocket;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A client that does only what it is told: it reads nothing, and answers nothing, by itself. */
final class RawClient implements AutoCloseable {
  private final Socket socket = new Socket();

  private RawClient(int port) {
    try {
      // Small, so that what it does not read is felt soon.
      socket.setReceiveBufferSize(4096);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      socket.setSoTimeout((int) Service.PATIENCE.toMillis());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks for a socket, and reads nothing yet. */
  static RawClient ask(int port, String path, String headers) {
    RawClient client = new RawClient(port);
    client.write(
        """
        GET %s HTTP/1.1\r
        Host: localhost:%d\r
        Connection: Upgrade\r
        Upgrade: websocket\r
        Sec-WebSocket-Version: 13\r
        Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r
        %s\r
        """
            .formatted(path, port, headers)
            .getBytes(StandardCharsets.ISO_8859_1));
    return client;
  }

  /** Opens a socket. */
  static RawClient open(int port, String path) {
    RawClient client = ask(port, path, "");
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) client.read());
    }
    if (!head.toString().startsWith("HTTP/1.1 101 ")) {
      throw new AssertionError(head);
    }
    return client;
  }

  /** Says a text, in a frame whose mask is zero. */
  RawClient say(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(0x81);
    if (bytes.length < 126) {
      frame.write(0x80 | bytes.length);
    } else {
      frame.write(0x80 | 126);
      frame.write(bytes.length >> 8);
      frame.write(bytes.length);
    }
    frame.writeBytes(new byte[4]);
    frame.writeBytes(bytes);
    write(frame.toByteArray());
    return this;
  }

  private void write(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next byte; -1 at the end, or once the connection was reset. */
  int read() {
    try {
      return socket.getInputStream().read();
    } catch (SocketException _) {
      return -1;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Everything up to the end of an answer: the first chunk that comes, and what follows it. */
  String readAll() {
    try {
      InputStream in = socket.getInputStream();
      StringBuilder all = new StringBuilder();
      while (all.indexOf("}") < 0) {
        all.append((char) in.read());
      }
      return all.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
