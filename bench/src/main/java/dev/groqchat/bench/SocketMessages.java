package dev.groqchat.bench;

import java.nio.charset.StandardCharsets;

/** WebSocket frames (RFC 6455) as a server sends them, after the handshake's answer. */
final class SocketMessages implements Messages {
  private static final byte[] END_OF_HEAD = Bytes.ascii("\r\n\r\n");
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final int FINAL = 0x80;
  private static final int MASKED = 0x80;
  private static final int LENGTH_16 = 126;

  private final Sink sink;
  private final Bytes kept = new Bytes();
  private boolean open;
  private int pings;

  SocketMessages(Sink sink) {
    this.sink = sink;
  }

  /** A request for a socket. */
  static byte[] handshake(String path) {
    return Bytes.ascii(
        "GET "
            + path
            + " HTTP/1.1\r\nhost: bench\r\nupgrade: websocket\r\nconnection: Upgrade\r\n"
            + "sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
  }

  /** A text message of a client; masked with zeros, which changes nothing. */
  static byte[] frame(String text) {
    return frame(TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  /** The answer to a ping without content. */
  static byte[] pong() {
    return frame(PONG, new byte[0]);
  }

  private static byte[] frame(int code, byte[] payload) {
    boolean large = payload.length >= LENGTH_16;
    byte[] frame = new byte[payload.length + (large ? 8 : 6)];
    frame[0] = (byte) (FINAL | code);
    frame[1] = (byte) (MASKED | (large ? LENGTH_16 : payload.length));
    if (large) {
      frame[2] = (byte) (payload.length >> 8);
      frame[3] = (byte) payload.length;
    }
    System.arraycopy(payload, 0, frame, frame.length - payload.length, payload.length);
    return frame;
  }

  /** Whether the handshake is over. */
  boolean open() {
    return open;
  }

  /** How many pings came since this was last asked. */
  int takePings() {
    int taken = pings;
    pings = 0;
    return taken;
  }

  @Override
  public void read(byte[] array, int start, int end) {
    kept.append(array, start, end);
    int at = 0;
    int after = next(at);
    while (after > at) {
      at = after;
      after = next(at);
    }
    kept.drop(at);
  }

  /** Takes one frame, or the head; returns where the next begins, or the same place. */
  private int next(int at) {
    if (!open) {
      return handshakeAnswer(at);
    }
    byte[] array = kept.array();
    int there = kept.length() - at;
    int head = there >= 2 && (array[at + 1] & 0xff) == LENGTH_16 ? 4 : 2;
    if (there < head) {
      return at;
    }
    int length =
        head == 2 ? array[at + 1] & 0xff : ((array[at + 2] & 0xff) << 8) | (array[at + 3] & 0xff);
    if (length > LENGTH_16 && head == 2) {
      throw new IllegalStateException("a frame over 64 KiB");
    }
    if (there < head + length) {
      return at;
    }
    frame(array[at] & 0xff, at + head, at + head + length);
    return at + head + length;
  }

  private int handshakeAnswer(int at) {
    int found = Bytes.indexOf(END_OF_HEAD, kept.array(), at, kept.length());
    if (found < 0) {
      return at;
    }
    String head = Bytes.text(kept.array(), at, found);
    if (!head.startsWith("HTTP/1.1 101")) {
      throw new IllegalStateException("answered with " + head.lines().findFirst().orElse(""));
    }
    open = true;
    return found + END_OF_HEAD.length;
  }

  private void frame(int first, int start, int end) {
    switch (first) {
      case FINAL | TEXT -> sink.message(kept.array(), start, end);
      case FINAL | PING -> pings++;
      case FINAL | PONG -> {
        // Nobody asked.
      }
      case FINAL | CLOSE -> sink.failed("the socket was closed");
      default -> throw new IllegalStateException("an unexpected frame: " + first);
    }
  }
}
