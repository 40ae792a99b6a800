package dev.groqchat.adapters.groq;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Cuts a stream of server-sent events into events, byte by byte: frames come split anywhere, also
 * within a character or a line end. Lines end with LF, CRLF or CR. Buffers are reused, and bounded:
 * a line or an event over {@link #MAX_BYTES} is an error. For one thread.
 *
 * <p>Longer than a class should be: every step moves the same few indexes over the same bytes.
 */
final class SseReader implements EventSource {
  /** The most a line or an event's data may have, in bytes. */
  static final int MAX_BYTES = 1 << 20;

  /** Enough for a few events of a reply, and little where thousands of slow ones are open. */
  private static final int FIRST_BYTES = 2048;

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final byte[] DATA = "data".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] EVENT = "event".getBytes(StandardCharsets.US_ASCII);

  private final InputStream in;

  /** What was read: [lineStart, scanned) holds no line end, [scanned, filled) was not looked at. */
  private byte[] buffer = new byte[FIRST_BYTES];

  private int lineStart;
  private int scanned;
  private int filled;
  private boolean atFirstLine = true;
  private boolean afterCr;
  private boolean atEnd;

  private byte[] data = new byte[FIRST_BYTES / 4];
  private int dataLength;
  private boolean hasData;
  private String name = "";
  private boolean dispatched;

  SseReader(InputStream in) {
    this.in = in;
  }

  @Override
  public Step next(boolean wait) throws IOException {
    if (dispatched) {
      forgetEvent();
    }
    while (true) {
      Step step = nextBuffered();
      if (step != Step.NOTHING_YET || atEnd) {
        return step == Step.NOTHING_YET ? Step.END : step;
      }
      if (!wait && in.available() <= 0) {
        return Step.NOTHING_YET;
      }
      fill();
    }
  }

  @Override
  public byte[] data() {
    return data;
  }

  @Override
  public int length() {
    return dataLength;
  }

  @Override
  public String name() {
    return name;
  }

  private Step nextBuffered() throws IOException {
    while (findLineEnd()) {
      int end = scanned;
      afterCr = buffer[scanned++] == '\r';
      Step step = line(lineStart, end);
      lineStart = scanned;
      if (step != Step.NOTHING_YET) {
        return step;
      }
    }
    return atEnd ? rest() : Step.NOTHING_YET;
  }

  /** Moves to the next CR or LF, past the LF of a CRLF. */
  private boolean findLineEnd() {
    if (afterCr && lineStart < filled) {
      afterCr = false;
      if (buffer[lineStart] == '\n') {
        lineStart++;
        scanned = lineStart;
      }
    }
    while (scanned < filled) {
      byte next = buffer[scanned];
      if (next == '\n' || next == '\r') {
        return true;
      }
      scanned++;
    }
    return false;
  }

  /** Some end without the last blank line or even in the last line: what is there, counts. */
  private Step rest() throws IOException {
    if (lineStart < filled) {
      Step last = line(lineStart, filled);
      lineStart = filled;
      if (last != Step.NOTHING_YET) {
        return last;
      }
    }
    return dispatch();
  }

  private Step line(int from, int to) throws IOException {
    int start = atFirstLine && startsWith(BYTE_ORDER_MARK, from, to) ? from + 3 : from;
    atFirstLine = false;
    if (start == to) {
      return dispatch();
    }
    if (buffer[start] == ':') {
      return Step.COMMENT;
    }
    int colon = start;
    while (colon < to && buffer[colon] != ':') {
      colon++;
    }
    int value = Math.min(to, colon + 1);
    field(start, colon, value < to && buffer[value] == ' ' ? value + 1 : value, to);
    return Step.NOTHING_YET;
  }

  private void field(int from, int colon, int value, int to) throws IOException {
    if (colon - from == DATA.length && startsWith(DATA, from, colon)) {
      append(value, to);
    } else if (colon - from == EVENT.length && startsWith(EVENT, from, colon)) {
      name = new String(buffer, value, to - value, StandardCharsets.UTF_8);
    }
  }

  private void append(int from, int to) throws IOException {
    int length = dataLength + (hasData ? 1 : 0) + (to - from);
    if (length > MAX_BYTES) {
      throw new IOException("an event is too long");
    }
    if (length > data.length) {
      data = Arrays.copyOf(data, Math.max(length, Math.min(MAX_BYTES, 2 * data.length)));
    }
    if (hasData) {
      data[dataLength++] = '\n';
    }
    System.arraycopy(buffer, from, data, dataLength, to - from);
    dataLength = length;
    hasData = true;
  }

  private Step dispatch() {
    dispatched = true;
    if (!hasData) {
      forgetEvent();
      return Step.NOTHING_YET;
    }
    return Step.EVENT;
  }

  private void forgetEvent() {
    dispatched = false;
    hasData = false;
    dataLength = 0;
    name = "";
  }

  private boolean startsWith(byte[] word, int from, int to) {
    return to - from >= word.length
        && Arrays.equals(buffer, from, from + word.length, word, 0, word.length);
  }

  private void fill() throws IOException {
    makeRoom();
    int count = in.read(buffer, filled, buffer.length - filled);
    if (count < 0) {
      atEnd = true;
    } else {
      filled += count;
    }
  }

  private void makeRoom() throws IOException {
    if (lineStart > 0) {
      System.arraycopy(buffer, lineStart, buffer, 0, filled - lineStart);
      filled -= lineStart;
      scanned -= lineStart;
      lineStart = 0;
    }
    if (filled == buffer.length) {
      if (filled >= MAX_BYTES) {
        throw new IOException("a line is too long");
      }
      buffer = Arrays.copyOf(buffer, Math.min(MAX_BYTES, 2 * buffer.length));
    }
  }
}
