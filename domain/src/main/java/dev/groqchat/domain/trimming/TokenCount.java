package dev.groqchat.domain.trimming;

/** How many tokens a text has in an encoding. Counted once, then kept beside the text. */
public record TokenCount(int tokens, Encoding encoding) {
  public TokenCount {
    if (tokens < 0) {
      throw new IllegalArgumentException("tokens cannot be negative: " + tokens);
    }
  }

  public boolean exact() {
    return encoding.exact();
  }
}
