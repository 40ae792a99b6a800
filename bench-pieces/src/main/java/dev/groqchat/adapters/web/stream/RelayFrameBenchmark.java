package dev.groqchat.adapters.web.stream;

import dev.groqchat.bench.pieces.Piece;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** Passing on one frame of a relay, which is JSON already. */
public class RelayFrameBenchmark extends Piece {
  private static final String CHUNK =
      "{\"id\":\"chatcmpl-8087db6b-9ee2-4b1c-9d1c-5f2f6c1d7a3e\","
          + "\"object\":\"chat.completion.chunk\",\"created\":1786530508,"
          + "\"model\":\"openai/gpt-oss-120b\",\"system_fingerprint\":\"fp_ef00694abe\","
          + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%s\"},"
          + "\"logprobs\":null,\"finish_reason\":null}]}";

  private final String usual = CHUNK.formatted(" token");
  private final String broken = CHUNK.formatted(" to\u2028ken");
  private final WrittenFrames out = new WrittenFrames();

  @Setup
  public void check() throws IOException {
    out.frames().asItIs(usual);
    require("data: " + usual + "\n\n", out.written());
    out.frames().asItIs(broken);
    require("data: " + CHUNK.formatted(" to\\u2028ken") + "\n\n", out.written());
  }

  @Benchmark
  public Frames asItCame() throws IOException {
    return write(usual);
  }

  /** With a line break of Unicode's in it, to be escaped. */
  @Benchmark
  public Frames escaped() throws IOException {
    return write(broken);
  }

  private Frames write(String chunk) throws IOException {
    out.frames().asItIs(chunk);
    return out.write();
  }
}
