package dev.groqchat.application.usecase;

import dev.groqchat.application.port.out.RateLimits;
import dev.groqchat.application.port.out.Telemetry;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.traffic.Allowance;
import dev.groqchat.domain.turn.Turn;

/** Takes a turn from its client's limit before it starts, and settles when it is over. */
final class ClientLimits {
  private final RateLimits limits;
  private final Telemetry telemetry;

  ClientLimits(Ports ports) {
    this.limits = ports.limits();
    this.telemetry = ports.telemetry();
  }

  /**
   * Takes what the turn may cost, as far as that is known before its context is.
   *
   * @throws ChatException {@link Failure.RateLimited}
   */
  Allowance take(OpenTurn open) {
    try {
      return limits.take(open.caller().client(), cost(open.turn()));
    } catch (ChatException e) {
      if (e.failure() instanceof Failure.RateLimited) {
        telemetry.note(new Telemetry.Fact.RateLimited());
      }
      throw e;
    }
  }

  /** Gives back what the turn did not use. */
  void settle(OpenTurn open, long used) {
    limits.settle(open.caller().client(), cost(open.turn()), used);
  }

  private static long cost(Turn turn) {
    return (long) turn.question().cost() + turn.options().maxTokens();
  }
}
