package dev.groqchat.adapters.web.stream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.ObjectWriter;

/**
 * Server-sent events on their way out (WHATWG HTML, section 9.2.5), gathered until they are written
 * and flushed at once. The blank after the colon is always written: a parser takes exactly one
 * away, so that a text's own blanks survive. For one thread.
 */
public final class Frames {
  private static final byte[] DATA = ascii("data: ");
  private static final byte[] EVENT = ascii("event: ");
  private static final byte[] ID = ascii("id: ");
  private static final byte[] RETRY = ascii("retry: ");
  private static final byte[] COMMENT = ascii(": ");

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
  private final ObjectWriter json;

  public Frames(ObjectMapper json) {
    this.json = json.writer().with(LineBreaks.ESCAPED);
  }

  /** An event with a number and a name. */
  public void event(long id, String name, Object data) {
    // Written first: data that cannot be written must leave no half of an event behind.
    byte[] value = json.writeValueAsBytes(data);
    line(ID, ascii(Long.toString(id)));
    line(EVENT, ascii(name));
    line(DATA, value);
    bytes.write('\n');
  }

  /** An event whose data is JSON. */
  public void json(Object data) {
    line(DATA, json.writeValueAsBytes(data));
    bytes.write('\n');
  }

  /** An event with a name, whose data is JSON. */
  public void named(String name, Object data) {
    byte[] value = json.writeValueAsBytes(data);
    line(EVENT, ascii(name));
    line(DATA, value);
    bytes.write('\n');
  }

  /** An event with a name, whose data is JSON that is written already. */
  public void namedAsItIs(String name, String written) {
    line(EVENT, ascii(name));
    asItIs(written);
  }

  /** An event whose data is JSON that is written already. */
  public void asItIs(String written) {
    line(DATA, utf8(LineBreaks.escape(written)));
    bytes.write('\n');
  }

  /** An event whose data is text; each of its lines becomes a line of the event. */
  public void text(String text) {
    int begin = 0;
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '\n' || c == '\r') {
        line(DATA, utf8(text.substring(begin, at)));
        if (c == '\r' && at + 1 < text.length() && text.charAt(at + 1) == '\n') {
          at++;
        }
        begin = at + 1;
      }
    }
    line(DATA, utf8(text.substring(begin)));
    bytes.write('\n');
  }

  /** How long a client that loses the stream should wait before it comes back. */
  public void retry(Duration pause) {
    line(RETRY, ascii(Long.toString(pause.toMillis())));
    bytes.write('\n');
  }

  /** A line that every parser skips. */
  public void comment(String words) {
    line(COMMENT, ascii(words));
    bytes.write('\n');
  }

  private void line(byte[] field, byte[] value) {
    bytes.writeBytes(field);
    bytes.writeBytes(value);
    bytes.write('\n');
  }

  /** Everything gathered, as text. */
  @Override
  public String toString() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  boolean isEmpty() {
    return bytes.size() == 0;
  }

  /** Writes everything gathered, and begins anew. */
  void writeTo(OutputStream out) throws IOException {
    bytes.writeTo(out);
    bytes.reset();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
