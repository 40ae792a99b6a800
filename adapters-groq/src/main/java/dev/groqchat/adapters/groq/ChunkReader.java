package dev.groqchat.adapters.groq;

import org.jspecify.annotations.Nullable;

/**
 * Reads the chunks of one reply. They are alike but for the words in them, so each is held against
 * a {@link ChunkPattern} of the ones before, and only what differs is parsed. For one thread.
 */
final class ChunkReader {
  /** A provider whose chunks all differ is not worth comparing. */
  private static final int MOST_PATTERNS = 8;

  private final ChunkParser parser;
  private @Nullable ChunkPattern pattern;
  private int patterns;

  ChunkReader(ChunkParser parser) {
    this.parser = parser;
  }

  /** What an event says; null if it cannot be read. */
  @Nullable Chunk read(byte[] json, int length) {
    Chunk alike = pattern == null ? null : pattern.read(json, length);
    if (alike != null) {
      return alike;
    }
    Chunk chunk = parser.parse(json, length);
    if (chunk != null && patterns < MOST_PATTERNS) {
      learn(chunk, json, length);
    }
    return chunk;
  }

  private void learn(Chunk chunk, byte[] json, int length) {
    ChunkPattern found = ChunkPattern.of(chunk, json, length, parser);
    if (found != null) {
      pattern = found;
      patterns++;
    }
  }
}
