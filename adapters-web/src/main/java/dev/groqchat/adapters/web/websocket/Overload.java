package dev.groqchat.adapters.web.websocket;

import dev.groqchat.adapters.web.problem.Problem;
import java.io.Serial;

/** One socket wants more at once than it may. */
final class Overload extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /**
   * Too much.
   *
   * @param detail what, and how much of it would do
   */
  Overload(String detail) {
    super(detail, null, false, false);
  }

  Problem problem() {
    return Problem.of(429, "too_much_at_once", "Too much at once", String.valueOf(getMessage()));
  }
}
