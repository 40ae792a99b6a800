package dev.groqchat.bootstrap;

import dev.groqchat.application.usecase.UseCases;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * What happens first when the service is told to end, while the web server still answers: no new
 * turns, and time for those that are open. The lifecycle's own time limit for a phase does not cut
 * it short, as it runs in the thread that ends it.
 */
@Component
class Drain implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(Drain.class);

  private final UseCases useCases;
  private final ChatProperties properties;
  private volatile boolean running;

  Drain(UseCases useCases, ChatProperties properties) {
    this.useCases = useCases;
    this.properties = properties;
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    LOG.info("draining: {} turns are open", useCases.openTurns());
    useCases.drain(properties.drainTimeout());
    LOG.info("drained");
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Before the web server stops, and hence before everything. */
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }
}
