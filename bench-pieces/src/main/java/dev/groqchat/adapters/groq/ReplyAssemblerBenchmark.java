package dev.groqchat.adapters.groq;

import dev.groqchat.application.port.out.ReplyStream.Part;
import dev.groqchat.bench.pieces.Piece;
import dev.groqchat.domain.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** From the bytes of one chunk to the parts of a reply. */
public class ReplyAssemblerBenchmark extends Piece {
  private final byte[] chunk = Chunks.json();
  private final List<Part> parts = new ArrayList<>();
  private final ReplyAssembler turn = assembler(new SpokenPieces());
  private final ReplyAssembler relay = assembler(new VerbatimPieces(false));

  private static ReplyAssembler assembler(Pieces pieces) {
    return new ReplyAssembler(pieces, _ -> new Failure.ReplyCut());
  }

  @Setup
  public void check() {
    require(List.of(new Part.Text(Chunks.TEXT)), ofATurn());
    require(List.of(new Part.Verbatim(Chunks.JSON)), ofARelay());
  }

  @Benchmark
  public List<Part> ofATurn() {
    return parts(turn);
  }

  @Benchmark
  public List<Part> ofARelay() {
    return parts(relay);
  }

  private List<Part> parts(ReplyAssembler assembler) {
    parts.clear();
    assembler.event("", chunk, chunk.length, parts);
    return parts;
  }
}
