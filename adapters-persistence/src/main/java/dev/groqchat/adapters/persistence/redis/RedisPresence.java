package dev.groqchat.adapters.persistence.redis;

import java.time.Duration;
import org.springframework.context.SmartLifecycle;

/**
 * Lets this instance begin before requests come and end after them. It begins with a look whether
 * Redis is there, so that the first request does not come too early; but not a long one, as the
 * service starts without Redis, too. It ends with a goodbye, after the turns have ended, which
 * takes the highest phase, and before Spring closes the connection, which is in phase 0.
 */
final class RedisPresence implements SmartLifecycle {
  private static final int BEFORE_THE_CONNECTION = 1_000;

  private static final Duration FIRST_LOOK = Duration.ofSeconds(1);

  private final RedisGate gate;
  private final RedisInstances instances;
  private volatile boolean running;

  RedisPresence(RedisGate gate, RedisInstances instances) {
    this.gate = gate;
    this.instances = instances;
  }

  @Override
  public void start() {
    gate.awaitAnswer(FIRST_LOOK);
    running = true;
  }

  @Override
  public void stop() {
    instances.close();
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return BEFORE_THE_CONNECTION;
  }
}
