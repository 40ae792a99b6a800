package dev.groqchat.adapters.web.container;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.coyote.AbstractProcessor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 whose heads have to come in time as a whole. Tomcat gives up a connection on which
 * nothing comes for a while; with one byte in each such while, a head of 8 KiB may take a day and a
 * half. Public, as Tomcat makes it by its name.
 */
public final class PunctualProtocol extends Http11NioProtocol {
  /** How often it looks: a head may take so much longer. */
  private static final Duration OFTEN = Duration.ofMillis(500);

  private volatile Duration patience = Duration.ofSeconds(15);
  private @Nullable ScheduledFuture<?> watch;

  /** How long a head may take from its first byte to its last. */
  void setPatience(Duration patience) {
    this.patience = patience;
  }

  @Override
  public void start() throws Exception {
    super.start();
    watch =
        getUtilityExecutor()
            .scheduleWithFixedDelay(
                this::look, OFTEN.toMillis(), OFTEN.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void stop() throws Exception {
    if (watch != null) {
      watch.cancel(false);
    }
    super.stop();
  }

  /** Quick: ten thousand connections are looked at in a few milliseconds. */
  private void look() {
    long now = System.nanoTime();
    for (SocketWrapperBase<?> connection : getEndpoint().getConnections()) {
      if (late(connection, now)) {
        connection.close();
      }
    }
  }

  /**
   * A connection keeps its processor between two reads only while it waits for the rest of a head:
   * before it there is none yet, and while a request is served the thread has it. A socket's is of
   * another kind.
   */
  private boolean late(SocketWrapperBase<?> connection, long now) {
    if (!(connection.getCurrentProcessor() instanceof AbstractProcessor processor)
        || processor.isAsync()) {
      return false;
    }
    long begin = processor.getRequest().getStartTimeNanos();
    return begin >= 0 && now - begin > patience.toNanos();
  }
}
