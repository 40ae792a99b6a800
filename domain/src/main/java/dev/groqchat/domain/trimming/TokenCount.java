package dev.groqchat.domain.trimming;

/** How many tokens a text has in an encoding. Counted once, then kept beside the text. */
public record TokenCount(int tokens, Encoding encoding) {
  /** Of what is no context for anybody, such as a failed reply: nobody needs its size. */
  public static final TokenCount UNCOUNTED = new TokenCount(0, new Encoding("uncounted", false));

  public TokenCount {
    if (tokens < 0) {
      throw new IllegalArgumentException("tokens cannot be negative: " + tokens);
    }
  }

  public boolean exact() {
    return encoding.exact();
  }
}
