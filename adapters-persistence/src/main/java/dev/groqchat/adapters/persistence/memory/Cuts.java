package dev.groqchat.adapters.persistence.memory;

/**
 * Where a journal's end was taken back, because its writer was replaced by another. A place behind
 * the first cut that does not know of the latest one may be among what was taken back.
 *
 * @param count how many there were
 * @param first the last number that the first one left; no later one left less
 * @param last the last number that the latest one left
 * @param text the length of the reply's text up to there, in chars
 */
record Cuts(int count, long first, long last, int text) {
  static final Cuts NONE = new Cuts(0, Long.MAX_VALUE, 0, 0);

  Cuts and(long after, int textLength) {
    return new Cuts(count + 1, Math.min(first, after), after, textLength);
  }

  /** Whether what somebody has seen last may have been taken back. */
  boolean doubts(long seq, int knownCuts) {
    return knownCuts < count && seq > first;
  }
}
