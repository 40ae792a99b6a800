package dev.groqchat.adapters.web.classic;

import dev.groqchat.adapters.web.stream.Dialect;
import dev.groqchat.adapters.web.stream.Frames;
import dev.groqchat.adapters.web.stream.WrittenFrames;
import dev.groqchat.bench.pieces.Piece;
import dev.groqchat.domain.turn.NumberedEvent;
import dev.groqchat.domain.turn.TurnEvent;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** Writing one delta as the classic API tells it. */
public class ContentFrameBenchmark extends Piece {
  private final NumberedEvent event = new NumberedEvent(1234, new TurnEvent.Delta(" token"));
  private final Dialect dialect = new ContentDialect();
  private final WrittenFrames out = new WrittenFrames();

  @Setup
  public void check() throws IOException {
    dialect.frame(event, out.frames());
    require("data: {\"content\":\" token\"}\n\n", out.written());
  }

  @Benchmark
  public Frames delta() throws IOException {
    dialect.frame(event, out.frames());
    return out.write();
  }
}
