package dev.groqchat.adapters.groq;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Bytes that arrive in packets: a read gives no more than one, and nothing is there between. */
final class PiecewiseStream extends InputStream {
  private final byte[] bytes;
  private final int[] cuts;
  private int packet;
  private int position;

  private PiecewiseStream(byte[] bytes, int... cuts) {
    this.bytes = bytes;
    this.cuts = Arrays.copyOf(cuts, cuts.length + 1);
    this.cuts[cuts.length] = bytes.length;
  }

  static PiecewiseStream splitAt(byte[] bytes, int... cuts) {
    return new PiecewiseStream(bytes, cuts);
  }

  static PiecewiseStream byteByByte(byte[] bytes) {
    int[] cuts = new int[Math.max(0, bytes.length - 1)];
    Arrays.setAll(cuts, i -> i + 1);
    return new PiecewiseStream(bytes, cuts);
  }

  static PiecewiseStream random(byte[] bytes, RandomGenerator random) {
    int[] cuts = random.ints(random.nextInt(1, 40), 0, bytes.length).distinct().sorted().toArray();
    return new PiecewiseStream(bytes, cuts);
  }

  static PiecewiseStream ofPackets(List<byte[]> packets) throws IOException {
    var all = new java.io.ByteArrayOutputStream();
    int[] cuts = new int[packets.size() - 1];
    for (int i = 0; i < packets.size(); i++) {
      all.write(packets.get(i));
      if (i < cuts.length) {
        cuts[i] = all.size();
      }
    }
    return new PiecewiseStream(all.toByteArray(), cuts);
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    while (packet < cuts.length && position == cuts[packet]) {
      packet++;
    }
    if (packet == cuts.length) {
      return -1;
    }
    int count = Math.min(length, cuts[packet] - position);
    System.arraycopy(bytes, position, target, offset, count);
    position += count;
    return count;
  }

  @Override
  public int available() {
    return packet == cuts.length ? 0 : cuts[packet] - position;
  }
}
