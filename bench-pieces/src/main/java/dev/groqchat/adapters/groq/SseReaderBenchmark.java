package dev.groqchat.adapters.groq;

import dev.groqchat.bench.pieces.Piece;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Cutting one event out of a stream. */
public class SseReaderBenchmark extends Piece {
  /** How many events come with one read: one when they are slow, many when they pile up. */
  @Param({"1", "16"})
  int perRead;

  private SseReader reader = new SseReader(System.in);

  @Setup
  public void begin() throws IOException {
    byte[] frame = Chunks.frame();
    reader = new SseReader(new EndlessFrames(frame, perRead * frame.length));
    // Over several reads, so that the buffer has been moved.
    for (int event = 0; event < 100; event++) {
      require(EventSource.Step.EVENT, reader.next(true));
      String data = new String(reader.data(), 0, reader.length(), StandardCharsets.UTF_8);
      require(Chunks.JSON, data);
    }
  }

  @Benchmark
  public int event() throws IOException {
    EventSource.Step _ = reader.next(true);
    return reader.length();
  }
}
