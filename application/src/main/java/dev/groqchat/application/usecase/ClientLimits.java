package dev.groqchat.application.usecase;

import dev.groqchat.application.port.out.RateLimits;
import dev.groqchat.application.port.out.Telemetry;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.traffic.Allowance;

/** Takes what is asked from its client's limit before it starts. */
final class ClientLimits {
  private final RateLimits limits;
  private final Telemetry telemetry;

  ClientLimits(Ports ports) {
    this.limits = ports.limits();
    this.telemetry = ports.telemetry();
  }

  /**
   * Takes what something may cost; {@link #settle} gives back what it did not.
   *
   * @throws ChatException {@link Failure.RateLimited}
   */
  Allowance take(String client, long cost) {
    try {
      return limits.take(client, cost);
    } catch (ChatException e) {
      if (e.failure() instanceof Failure.RateLimited) {
        telemetry.note(new Telemetry.Fact.RateLimited());
      }
      throw e;
    }
  }

  /** Gives back what was not used. */
  void settle(String client, long taken, long used) {
    limits.settle(client, taken, used);
  }
}
