package dev.groqchat.adapters.groq;

import java.io.IOException;
import java.io.InputStream;

/**
 * A reply that comes in one piece: all of a body is one event. Bounded: a body over {@link
 * #MAX_BYTES} is an error. For one thread.
 */
final class WholeBody implements EventSource {
  static final int MAX_BYTES = 16 << 20;

  private final InputStream in;
  private byte[] data = {};
  private boolean read;

  WholeBody(InputStream in) {
    this.in = in;
  }

  /** Waits for all of it in any case: there is nothing before that. */
  @Override
  public Step next(boolean wait) throws IOException {
    if (read) {
      return Step.END;
    }
    data = in.readNBytes(MAX_BYTES + 1);
    if (data.length > MAX_BYTES) {
      throw new IOException("a body is too long");
    }
    read = true;
    return Step.EVENT;
  }

  @Override
  public byte[] data() {
    return data;
  }

  @Override
  public int length() {
    return data.length;
  }

  @Override
  public String name() {
    return "";
  }
}
