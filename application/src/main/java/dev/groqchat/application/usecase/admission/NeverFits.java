package dev.groqchat.application.usecase.admission;

import java.io.Serial;

/** The provider never has room for so many tokens at once. */
public final class NeverFits extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final long limit;

  NeverFits(long limit) {
    super("no room for more than " + limit + " tokens", null, false, false);
    this.limit = limit;
  }

  /** For how many it has. */
  public long limit() {
    return limit;
  }
}
