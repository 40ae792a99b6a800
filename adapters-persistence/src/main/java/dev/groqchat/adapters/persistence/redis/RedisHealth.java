package dev.groqchat.adapters.persistence.redis;

import dev.groqchat.domain.failure.ChatException;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Whether Redis answers. While it does not, the service is degraded, not down: what needs no
 * conversation goes on, so a balancer is not to take every instance away. Goes through the gate, so
 * asking is quick, however often and whatever state Redis is in.
 */
final class RedisHealth implements HealthIndicator {
  static final Status DEGRADED = new Status("DEGRADED", "conversations cannot be reached");

  private final RedisGate gate;

  RedisHealth(RedisGate gate) {
    this.gate = gate;
  }

  @Override
  public Health health() {
    try {
      gate.call(redis -> redis.ping());
      return Health.up().withDetail("kind", "redis").build();
    } catch (ChatException _) {
      return Health.status(DEGRADED).withDetail("kind", "redis").build();
    }
  }
}
