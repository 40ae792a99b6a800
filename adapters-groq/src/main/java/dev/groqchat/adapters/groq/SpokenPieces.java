package dev.groqchat.adapters.groq;

import dev.groqchat.application.port.out.ReplyStream.Part;
import java.util.List;

/** Gives what is said and thought, as text. For one thread. */
final class SpokenPieces implements Pieces {
  private final SurrogateMender text = new SurrogateMender();
  private final SurrogateMender reasoning = new SurrogateMender();

  @Override
  public void take(Chunk chunk, byte[] data, int length, List<Part> parts) {
    give(reasoning.add(chunk.reasoning()), text.add(chunk.text()), parts);
  }

  /** One answer is all that a turn asks for, and all that it shows. */
  @Override
  public boolean isPartial() {
    return true;
  }

  @Override
  public void end(List<Part> parts) {
    give(reasoning.flush(), text.flush(), parts);
  }

  private static void give(String thought, String said, List<Part> parts) {
    if (!thought.isEmpty()) {
      parts.add(new Part.Reasoning(thought));
    }
    if (!said.isEmpty()) {
      parts.add(new Part.Text(said));
    }
  }
}
