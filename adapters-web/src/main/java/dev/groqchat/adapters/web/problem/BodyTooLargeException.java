package dev.groqchat.adapters.web.problem;

import java.io.IOException;
import java.io.Serial;

/** A request's body is over the limit. */
public final class BodyTooLargeException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  private final long limit;

  /**
   * A body that was too large.
   *
   * @param limit in bytes
   */
  public BodyTooLargeException(long limit) {
    super("the body is over " + limit + " bytes");
    this.limit = limit;
  }

  public Problem problem() {
    return Problem.of(
        413,
        "body_too_large",
        "The body is too large",
        "the body is over the limit of " + limit + " bytes");
  }
}
