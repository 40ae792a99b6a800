package dev.groqchat.domain.turn;

/** Why a model ended its reply. */
public enum FinishReason {
  /** It had said everything. */
  STOP("stop"),
  /** It had used up its tokens. */
  LENGTH("length"),
  /** It wants a tool to be called. */
  TOOL_CALLS("tool_calls"),
  /** A filter held the rest back. */
  CONTENT_FILTER("content_filter"),
  /** A reason that was not known when this was written. */
  OTHER("other");

  private final String word;

  FinishReason(String word) {
    this.word = word;
  }

  /** The reason as OpenAI's and Groq's API references write it. */
  public String word() {
    return word;
  }

  public static FinishReason of(String word) {
    for (FinishReason reason : values()) {
      if (reason.word.equals(word)) {
        return reason;
      }
    }
    return OTHER;
  }
}
