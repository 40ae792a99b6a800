package dev.groqchat.adapters.web.openai;

import dev.groqchat.application.port.in.RelayQuestion.Relay;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.traffic.Allowance;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Reads a relay on a thread of its own, so that whoever answers the client can wait for the reply
 * and look after the client in turns. Nothing is kept in between: what was read is handed over
 * before more is, so that a slow client slows the model down. For one thread, which closes it.
 */
final class RelayReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RelayReader.class);

  private final Relay relay;
  private final Allowance allowance;
  private final String requestId;
  private final SynchronousQueue<Told> handOver = new SynchronousQueue<>();
  private final Thread thread;
  private volatile boolean closed;

  private RelayReader(Relay relay, String requestId) {
    this.relay = relay;
    this.allowance = relay.allowance();
    this.requestId = requestId;
    this.thread = Thread.ofVirtual().name("relay-reader").unstarted(this::run);
  }

  /**
   * Begins to read.
   *
   * @param relay is closed with this
   * @param requestId stands beside what is logged of it
   */
  static RelayReader start(Relay relay, String requestId) {
    RelayReader reader = new RelayReader(relay, requestId);
    reader.thread.start();
    return reader;
  }

  /** What the caller has left of its limit. */
  Allowance allowance() {
    return allowance;
  }

  /** What comes next; null if nothing does in time. Nothing comes after an end. */
  @Nullable Told next(Duration patience) throws InterruptedException {
    return handOver.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void run() {
    try (var _ = MDC.putCloseable("request_id", requestId)) {
      tell(read());
    } catch (InterruptedException _) {
      // Closed: nobody waits for it.
    }
  }

  /** Reads to the end, and says which. */
  private Told read() {
    try {
      tell(new Told.Begun(relay.begin()));
      for (List<String> pieces = relay.next(); !pieces.isEmpty(); pieces = relay.next()) {
        tell(new Told.Pieces(pieces));
      }
      return new Told.Whole();
    } catch (ChatException e) {
      return new Told.Failed(e.failure());
    } catch (InterruptedException _) {
      // Closed; if not by us, then the service ends.
      return new Told.Failed(new Failure.ReplyCut());
    } catch (RuntimeException e) {
      LOG.error("a relay broke", e);
      return new Told.Failed(new Failure.Internal());
    }
  }

  /** Waits until it is taken. The interrupt may have ended another wait before: hence the look. */
  private void tell(Told told) throws InterruptedException {
    while (!closed && !handOver.offer(told, 1, TimeUnit.SECONDS)) {
      // Once more.
    }
  }

  /** Leaves the model at once; the thread ends by itself right after. */
  @Override
  public void close() {
    closed = true;
    relay.close();
    thread.interrupt();
  }
}
