package dev.groqchat.adapters.groq;

import dev.groqchat.application.port.out.ReplyStream.Part;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.turn.FinishReason;
import dev.groqchat.domain.turn.Usage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes a reply's parts out of a stream's events. A reply is whole once the provider has said why
 * it ended; anything less is cut, however cleanly the stream ends. For one thread.
 */
final class ReplyAssembler {
  private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);

  private final ChunkParser parser = new ChunkParser();
  private final ChunkReader chunks = new ChunkReader(parser);
  private final Pieces pieces;
  private final Function<ProviderError, Failure> failures;
  private @Nullable FinishReason reason;
  private @Nullable Usage usage;
  private @Nullable Failure failure;
  private long choices;
  private long finished;
  private boolean begun;
  private boolean ended;
  private int unreadable;

  /**
   * Of a reply of which nothing has come.
   *
   * @param pieces what its events become
   * @param failures what errors in the middle become
   */
  ReplyAssembler(Pieces pieces, Function<ProviderError, Failure> failures) {
    this.pieces = pieces;
    this.failures = failures;
  }

  /**
   * Takes an event.
   *
   * @param name empty for the usual ones
   * @param data its first {@code length} bytes are the event's
   * @param parts gets what the event brings, if anything
   */
  void event(String name, byte[] data, int length, List<Part> parts) {
    if (isOver() || length == 0) {
      return;
    }
    if (name.equals("error")) {
      fail(parser.parse(data, length));
    } else if (name.isEmpty() || name.equals("message")) {
      message(data, length, parts);
    }
  }

  /** The stream has ended, or broken: with the reply, if that was whole. */
  void end(List<Part> parts) {
    if (isOver()) {
      return;
    }
    if (reason == null || !isWhole()) {
      failure = new Failure.ReplyCut();
      return;
    }
    pieces.end(parts);
    parts.add(new Part.End(reason, usage));
    ended = true;
  }

  /** Whether the reply has brought anything yet. */
  boolean hasBegun() {
    return begun;
  }

  /**
   * Whether the provider has said why the reply ended, and of each answer in it if there are more:
   * nothing can be missing any more.
   */
  boolean isWhole() {
    return reason != null && (choices == finished || pieces.isPartial());
  }

  /** Whether the reply has ended well or badly. */
  boolean isOver() {
    return ended || failure != null;
  }

  /** Whether it has ended well. */
  boolean hasEnded() {
    return ended;
  }

  /** Why it ended badly; null if it did not. */
  @Nullable Failure failure() {
    return failure;
  }

  /** How many events could not be read. */
  int unreadable() {
    return unreadable;
  }

  private void message(byte[] data, int length, List<Part> parts) {
    if (Arrays.equals(data, 0, length, DONE, 0, DONE.length)) {
      end(parts);
      return;
    }
    Chunk chunk = chunks.read(data, length);
    if (chunk == null) {
      unreadable++;
      if (!pieces.isPartial() && !isWhole()) {
        failure = new Failure.ReplyCut();
      }
    } else {
      pieces.take(chunk, data, length, parts);
      begun |= !parts.isEmpty();
      take(chunk);
    }
  }

  private void take(Chunk chunk) {
    if (chunk.usage() != null) {
      usage = chunk.usage();
    }
    if (chunk.failed()) {
      fail(chunk);
    } else if (reason == null && chunk.finishReason() != null) {
      reason = FinishReason.of(chunk.finishReason());
    }
    choices |= chunk.choices();
    finished |= chunk.finished();
  }

  private void fail(@Nullable Chunk chunk) {
    ProviderError error = chunk == null ? null : chunk.error();
    failure = error == null ? new Failure.ReplyCut() : failures.apply(error);
  }
}
