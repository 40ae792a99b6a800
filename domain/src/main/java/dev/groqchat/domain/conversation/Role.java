package dev.groqchat.domain.conversation;

/** Who speaks. */
public enum Role {
  SYSTEM("system"),
  USER("user"),
  ASSISTANT("assistant");

  private final String word;

  Role(String word) {
    this.word = word;
  }

  /** The role as every chat API writes it. */
  public String word() {
    return word;
  }
}
