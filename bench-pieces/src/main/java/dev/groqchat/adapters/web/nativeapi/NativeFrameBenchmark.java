package dev.groqchat.adapters.web.nativeapi;

import dev.groqchat.adapters.web.stream.Dialect;
import dev.groqchat.adapters.web.stream.Frames;
import dev.groqchat.adapters.web.stream.WrittenFrames;
import dev.groqchat.bench.pieces.Piece;
import dev.groqchat.domain.turn.NumberedEvent;
import dev.groqchat.domain.turn.TurnEvent;
import dev.groqchat.domain.turn.TurnId;
import java.io.IOException;
import java.util.UUID;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** Writing one delta as the native API tells it. */
public class NativeFrameBenchmark extends Piece {
  private final NumberedEvent event = new NumberedEvent(1234, new TurnEvent.Delta(" token"));
  private final Dialect dialect = new NativeDialect(new TurnId(new UUID(7, 7)));
  private final WrittenFrames out = new WrittenFrames();

  @Setup
  public void check() throws IOException {
    dialect.frame(event, out.frames());
    require("id: 1234\nevent: delta\ndata: {\"seq\":1234,\"text\":\" token\"}\n\n", out.written());
  }

  @Benchmark
  public Frames delta() throws IOException {
    dialect.frame(event, out.frames());
    return out.write();
  }
}
