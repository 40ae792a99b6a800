package dev.groqchat.adapters.groq;

import dev.groqchat.application.port.out.ReplyStream.Part;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives a stream's events as they came, byte by byte, but for what clients trip over: the event
 * that ends the reply says in both of the usual places what was used, an {@code "error":null} is
 * left out, and so is an event that says nothing but what was used, unless the client has asked for
 * it. For one thread.
 *
 * <p>Events before the first that says anything are held back until then: as long as nothing was
 * given, the question may be asked again. The one that ends the reply is held back until it is
 * known what was used: not every provider says that in the same event.
 */
final class VerbatimPieces implements Pieces {
  /** No reply says nothing for longer; and if one does, it must not grow here. */
  private static final int MOST_SILENT = 64;

  private final boolean usageWanted;
  private final List<Part> silent = new ArrayList<>();
  private boolean said;
  private boolean finished;
  private byte @Nullable [] usage;
  private byte @Nullable [] finish;

  /**
   * Of a reply that has not begun.
   *
   * @param usageWanted whether the client has asked for the event that says what was used
   */
  VerbatimPieces(boolean usageWanted) {
    this.usageWanted = usageWanted;
  }

  @Override
  public void take(Chunk chunk, byte[] data, int length, List<Part> parts) {
    if (chunk.failed()) {
      return;
    }
    byte[] frame = Arrays.copyOf(data, length);
    if (chunk.usage() != null) {
      usage = Frames.usageOf(frame);
    }
    end(parts);
    boolean onlyUsage = chunk.usage() != null && !chunk.says() && (finished || !chunk.hasChoice());
    if (!onlyUsage || usageWanted) {
      pass(chunk, chunk.hasNullError() ? Frames.withoutError(frame) : frame, parts);
    }
  }

  private void pass(Chunk chunk, byte[] frame, List<Part> parts) {
    if (chunk.finishReason() == null || finished) {
      said |= chunk.says();
      give(frame, parts);
      return;
    }
    finished = true;
    said = true;
    finish = frame;
    if (usage != null) {
      end(parts);
    }
  }

  /** What is passed on has no holes. */
  @Override
  public boolean isPartial() {
    return false;
  }

  @Override
  public void end(List<Part> parts) {
    if (finish != null) {
      give(usage == null ? finish : Frames.withUsage(finish, usage), parts);
      finish = null;
    }
  }

  private void give(byte[] frame, List<Part> parts) {
    for (int i = 0; i < frame.length; i++) {
      if (frame[i] == '\n') {
        frame[i] = ' '; // Between two lines of data: within a JSON text it is a blank like others.
      }
    }
    silent.add(new Part.Verbatim(new String(frame, StandardCharsets.UTF_8)));
    if (said || silent.size() > MOST_SILENT) {
      parts.addAll(silent);
      silent.clear();
    }
  }
}
