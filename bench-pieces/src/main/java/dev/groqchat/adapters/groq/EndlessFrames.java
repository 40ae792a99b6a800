package dev.groqchat.adapters.groq;

import java.io.InputStream;

/** A stream that never ends, of the same frame again and again. For one thread. */
final class EndlessFrames extends InputStream {
  private final byte[] frame;
  private final int atOnce;
  private int at;

  /**
   * At the beginning of a frame.
   *
   * @param atOnce the most bytes that a read gives
   */
  EndlessFrames(byte[] frame, int atOnce) {
    this.frame = frame;
    this.atOnce = atOnce;
  }

  @Override
  public int read() {
    byte next = frame[at];
    at = (at + 1) % frame.length;
    return next & 0xFF;
  }

  @Override
  public int read(byte[] target, int from, int most) {
    int count = Math.min(most, atOnce);
    int done = 0;
    while (done < count) {
      int piece = Math.min(count - done, frame.length - at);
      System.arraycopy(frame, at, target, from + done, piece);
      at = (at + piece) % frame.length;
      done += piece;
    }
    return count;
  }

  @Override
  public int available() {
    return atOnce;
  }
}
