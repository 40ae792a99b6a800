package dev.groqchat.adapters.web;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A connection, byte by byte: for what a well-behaved client hides. */
public final class Wire implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket;

  Wire(int port) {
    try {
      socket = new Socket();
      // Small, so that a reader that stops reading is felt soon.
      socket.setReceiveBufferSize(8192);
      socket.connect(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      socket.setSoTimeout(PATIENCE_MILLIS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends text as it is; its line feeds become those of HTTP. */
  public Wire send(String head, String body) {
    try {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      String lines = head.strip().replace("\n", "\r\n") + "\r\n\r\n";
      socket.getOutputStream().write(lines.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends bytes as they are. */
  public Wire sendBody(String body) {
    try {
      socket.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends what is sent; what comes can still be read. */
  public void sendNoMore() {
    try {
      socket.shutdownOutput();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Posts JSON. */
  public Wire post(String path, String json, String... headers) {
    int length = json.getBytes(StandardCharsets.UTF_8).length;
    String head =
        "POST %s HTTP/1.1\nHost: localhost\nContent-Type: application/json\nContent-Length: %d\n%s"
            .formatted(path, length, String.join("\n", headers));
    return send(head, json);
  }

  /** Reads up to and including some words; fails if the other side ends before. */
  public String readTo(String words) {
    StringBuilder read = new StringBuilder();
    // Comments keep coming while nothing else does: a read alone never takes too long.
    long deadline = System.nanoTime() + 1_000_000L * PATIENCE_MILLIS;
    try {
      InputStream in = socket.getInputStream();
      while (read.indexOf(words) < 0) {
        int next = in.read();
        if (next < 0 || System.nanoTime() > deadline) {
          throw new EOFException("ended without '" + words + "': " + read);
        }
        read.append((char) next);
      }
      return read.toString();
    } catch (IOException e) {
      throw new AssertionError("no '" + words + "' in: " + read, e);
    }
  }

  /** Reads the head of an answer. */
  public String readHead() {
    return readTo("\r\n\r\n");
  }

  /** Reads to the end of the connection, or until it is reset. */
  public String readAll() {
    StringBuilder read = new StringBuilder();
    try {
      InputStream in = socket.getInputStream();
      for (int next = in.read(); next >= 0; next = in.read()) {
        read.append((char) next);
      }
    } catch (SocketException e) {
      read.append("<reset>");
    } catch (IOException e) {
      throw new AssertionError("no end of: " + read, e);
    }
    return read.toString();
  }

  /** Hangs up. */
  public void leave() {
    close();
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
