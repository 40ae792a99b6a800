package dev.groqchat.simulator;

import java.util.Locale;

/**
 * Ways in which a stream may look different from the provider's own, and still be one that a reader
 * has to understand.
 */
public enum Quirk {
  /** Comment lines before the first frame and between all others, as OpenRouter sends them. */
  COMMENTS,
  /** Lines end with CRLF. */
  CRLF,
  /**
   * As OpenRouter does it: ids {@code gen-...}, {@code provider} and {@code native_finish_reason},
   * the role in every delta, comments, usage in a frame of its own whose choices are not empty,
   * errors in its form, no limits in the headers. All below {@code /api/v1} looks so.
   */
  OPENROUTER,
  /** No {@code data: [DONE]} at the end. */
  NO_DONE,
  /** A frame with an empty list of choices before every token. */
  EMPTY_CHOICES,
  /** Fields nobody knows, at the top and in the delta. */
  UNKNOWN_FIELDS,
  /**
   * Line separators that JSON allows and line readers trip over stand raw on the wire: U+2028,
   * U+2029, U+0085.
   */
  RAW_BREAKS,
  /** Every byte is a packet of its own. */
  SPLIT_BYTES,
  /** Packets end inside every character that is longer than one byte. */
  SPLIT_CHARACTERS,
  /** The two halves of a surrogate pair come in two deltas. */
  SPLIT_PAIRS;

  /** The name in a directive: {@code split-bytes}. */
  public String directive() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
