package dev.groqchat.adapters.groq;

import dev.groqchat.application.port.out.ReplyStream.Part;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Gives a reply that came in one piece as it is, unless it is no reply. For one thread. */
final class WholePiece implements Pieces {
  @Override
  public void take(Chunk chunk, byte[] data, int length, List<Part> parts) {
    if (!chunk.failed() && chunk.finishReason() != null && chunk.choices() == chunk.finished()) {
      parts.add(new Part.Verbatim(new String(data, 0, length, StandardCharsets.UTF_8)));
    }
  }

  /** What is passed on has no holes. */
  @Override
  public boolean isPartial() {
    return false;
  }

  @Override
  public void end(List<Part> parts) {}
}
