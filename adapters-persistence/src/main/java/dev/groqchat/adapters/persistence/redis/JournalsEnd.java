package dev.groqchat.adapters.persistence.redis;

import org.springframework.context.SmartLifecycle;

/**
 * Lets the journals write what Redis still lacks when the service ends: after the turns have ended,
 * which takes the highest phase, before this instance says goodbye, and before Spring closes the
 * connection.
 */
final class JournalsEnd implements SmartLifecycle {
  private static final int BEFORE_THE_GOODBYE = 1_100;

  private final RedisTurnJournal journal;
  private volatile boolean running;

  JournalsEnd(RedisTurnJournal journal) {
    this.journal = journal;
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    journal.close();
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return BEFORE_THE_GOODBYE;
  }
}
