package dev.groqchat.domain.turn;

/** Where a reply comes from, if one that was made before would have done. */
public enum Reuse {
  /** It was made before. */
  HIT("hit"),
  /** The model is asked. */
  MISS("miss"),
  /** Somebody has just asked the model the same, and both get its reply. */
  JOINED("joined");

  private final String word;

  Reuse(String word) {
    this.word = word;
  }

  /** The word for it that clients see. */
  public String word() {
    return word;
  }
}
