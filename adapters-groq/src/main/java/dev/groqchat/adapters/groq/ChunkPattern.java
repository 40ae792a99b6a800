package dev.groqchat.adapters.groq;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A chunk without its words: a chunk that is the same around them says the same but for them. */
final class ChunkPattern {
  private static final byte[] ANSWER = ascii("\"content\":\"");
  private static final byte[] THOUGHT = ascii("\"reasoning\":\"");

  private final Chunk chunk;
  private final boolean thought;

  /** What stands before the words, their quote included. */
  private final byte[] head;

  /** What stands after them, from their quote on. */
  private final byte[] tail;

  private ChunkPattern(Chunk chunk, boolean thought, byte[] head, byte[] tail) {
    this.chunk = chunk;
    this.thought = thought;
    this.head = head;
    this.tail = tail;
  }

  /**
   * What is common to chunks like this one; null if its words cannot be told from the rest.
   *
   * @param chunk what the parser has made of it
   */
  static @Nullable ChunkPattern of(Chunk chunk, byte[] json, int length, ChunkParser parser) {
    boolean thought = chunk.text().isEmpty();
    int from = after(thought ? THOUGHT : ANSWER, json, length);
    int to = from < 0 ? -1 : plainEnd(json, from, length);
    if (to < 0) {
      return null;
    }
    ChunkPattern found =
        new ChunkPattern(
            chunk, thought, Arrays.copyOf(json, from), Arrays.copyOfRange(json, to, length));
    return found.holds(parser) ? found : null;
  }

  /**
   * Whether a chunk with other words is, to the parser, the same chunk with these words: they may
   * stand in two places.
   */
  private boolean holds(ChunkParser parser) {
    String words = (thought ? chunk.reasoning() : chunk.text()) + " more";
    byte[] other = around(words.getBytes(StandardCharsets.UTF_8));
    Chunk read = read(other, other.length);
    return read != null && read.equals(parser.parse(other, other.length));
  }

  private byte[] around(byte[] words) {
    byte[] json = Arrays.copyOf(head, head.length + words.length + tail.length);
    System.arraycopy(words, 0, json, head.length, words.length);
    System.arraycopy(tail, 0, json, head.length + words.length, tail.length);
    return json;
  }

  /** Null for a chunk that is not like this one, or has words that have to be parsed. */
  @Nullable Chunk read(byte[] json, int length) {
    int to = length - tail.length;
    if (to < head.length
        || !Arrays.equals(json, 0, head.length, head, 0, head.length)
        || !Arrays.equals(json, to, length, tail, 0, tail.length)
        || plainEnd(json, head.length, length) != to) {
      return null;
    }
    String words = new String(json, head.length, to - head.length, StandardCharsets.UTF_8);
    if (words.indexOf('\uFFFD') >= 0) {
      return null; // What is not UTF-8 is the parser's to refuse.
    }
    return thought ? chunk.withReasoning(words) : chunk.withText(words);
  }

  /** Where the quote is that ends a string, if nothing in it is escaped; -1 otherwise. */
  private static int plainEnd(byte[] json, int from, int length) {
    for (int at = from; at < length; at++) {
      byte b = json[at];
      if (b == '"') {
        return at;
      }
      if (b == '\\' || (b >= 0 && b < ' ')) {
        return -1;
      }
    }
    return -1;
  }

  /** The place after the first of these; -1 if there is none. */
  private static int after(byte[] key, byte[] json, int length) {
    for (int at = 0; at + key.length <= length; at++) {
      if (json[at] == key[0] && Arrays.equals(json, at, at + key.length, key, 0, key.length)) {
        return at + key.length;
      }
    }
    return -1;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
