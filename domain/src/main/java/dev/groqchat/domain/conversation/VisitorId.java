package dev.groqchat.domain.conversation;

/** One browser, known by its cookie; lists what it started itself. */
public record VisitorId(String value) {
  public VisitorId {
    if (value.isBlank()) {
      throw new IllegalArgumentException("a visitor has a name");
    }
  }
}
