package dev.groqchat.adapters.persistence.redis;

import org.springframework.context.SmartLifecycle;

/**
 * Lets this instance say goodbye when the service ends: after the turns have ended, which takes the
 * highest phase, and before Spring closes the connection, which is in phase 0.
 */
final class RedisGoodbye implements SmartLifecycle {
  private static final int BEFORE_THE_CONNECTION = 1_000;

  private final RedisInstances instances;
  private volatile boolean running;

  RedisGoodbye(RedisInstances instances) {
    this.instances = instances;
  }

  @Override
  public void start() {
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
