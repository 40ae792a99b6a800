package dev.groqchat.adapters.web.security;

import dev.groqchat.adapters.web.problem.Problem;
import java.io.Serial;

/** A key is needed, and none that is known was sent. */
public final class UnauthorizedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private static final String ADVICE =
      "send a valid API key as 'Authorization: Bearer <key>' or 'X-API-Key: <key>'";

  public UnauthorizedException() {
    super(ADVICE);
  }

  public Problem problem() {
    return Problem.of(401, "unauthorized", "An API key is needed", ADVICE);
  }
}
