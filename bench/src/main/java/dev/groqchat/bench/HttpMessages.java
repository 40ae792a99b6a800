package dev.groqchat.bench;

import java.util.Locale;

/**
 * Reads HTTP/1.1 messages of one direction of a connection, from pieces of any size. Not
 * thread-safe.
 */
final class HttpMessages {
  private static final byte[] END_OF_HEAD = Bytes.ascii("\r\n\r\n");

  /** Told what is in them, in this order. */
  interface Sink {
    /** The first line and the headers, in lower case but for the first line. */
    void head(String head);

    /** A piece of the body. */
    void body(byte[] array, int start, int end);

    void end();
  }

  private enum Part {
    HEAD,
    SIZE,
    DATA,
    AFTER_DATA,
    TRAILER
  }

  private final Sink sink;
  private final Bytes kept = new Bytes();
  private Part part = Part.HEAD;
  private boolean chunked;
  private long left;
  private int line;

  HttpMessages(Sink sink) {
    this.sink = sink;
  }

  /** Whether no message is under way. */
  boolean between() {
    return part == Part.HEAD && kept.length() == 0;
  }

  void read(byte[] array, int start, int end) {
    int at = start;
    while (at < end) {
      at =
          switch (part) {
            case HEAD -> head(array, at, end);
            case SIZE -> size(array, at);
            case DATA -> data(array, at, end);
            case AFTER_DATA -> afterData(array, at);
            case TRAILER -> trailer(array, at);
          };
    }
  }

  private int head(byte[] array, int start, int end) {
    int before = kept.length();
    kept.append(array, start, end);
    int found = Bytes.indexOf(END_OF_HEAD, kept.array(), Math.max(0, before - 3), kept.length());
    if (found < 0) {
      return end;
    }
    int after = found + END_OF_HEAD.length;
    String head = Bytes.text(kept.array(), 0, after);
    kept.clear();
    begin(head);
    return start + after - before;
  }

  private void begin(String head) {
    int line = head.indexOf('\n');
    String headers = head.substring(line).toLowerCase(Locale.ROOT);
    sink.head(head.substring(0, line) + headers);
    chunked = headers.contains("\ntransfer-encoding: chunked");
    if (chunked) {
      part = Part.SIZE;
      left = 0;
      return;
    }
    left = contentLength(headers);
    if (left > 0) {
      part = Part.DATA;
    } else {
      sink.end();
    }
  }

  private static long contentLength(String headers) {
    String name = "\ncontent-length:";
    int at = headers.indexOf(name);
    return at < 0
        ? 0
        : Long.parseLong(headers.substring(at + name.length(), headers.indexOf('\r', at)).strip());
  }

  private int size(byte[] array, int at) {
    byte next = array[at];
    int digit = Character.digit(next, 16);
    if (digit >= 0) {
      left = left * 16 + digit;
    } else if (next == '\n') {
      part = left == 0 ? Part.TRAILER : Part.DATA;
      line = 0;
    } else if (next != '\r') {
      throw new IllegalStateException("not the size of a chunk");
    }
    return at + 1;
  }

  private int data(byte[] array, int start, int end) {
    int until = (int) Math.min(end, start + left);
    left -= until - start;
    sink.body(array, start, until);
    if (left == 0 && chunked) {
      part = Part.AFTER_DATA;
    } else if (left == 0) {
      finish();
    }
    return until;
  }

  private int afterData(byte[] array, int at) {
    if (array[at] == '\n') {
      part = Part.SIZE;
    }
    return at + 1;
  }

  private int trailer(byte[] array, int at) {
    byte next = array[at];
    if (next == '\n' && line == 0) {
      finish();
    } else if (next == '\n') {
      line = 0;
    } else if (next != '\r') {
      line++;
    }
    return at + 1;
  }

  private void finish() {
    part = Part.HEAD;
    sink.end();
  }
}
