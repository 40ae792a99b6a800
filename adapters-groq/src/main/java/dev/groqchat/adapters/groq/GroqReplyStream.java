package dev.groqchat.adapters.groq;

import dev.groqchat.application.port.out.ChatModel.Question;
import dev.groqchat.application.port.out.ReplyStream;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.failure.Failure.ModelTimeout.Waiting;
import dev.groqchat.domain.model.ModelId;
import dev.groqchat.domain.traffic.ProviderLimits;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A reply on its way. {@link #next()} blocks in the connection's own read, which the watchdog,
 * {@link #close()} or the interrupt of a virtual thread ends by closing the connection.
 */
final class GroqReplyStream implements ReplyStream {
  private static final Logger log = LoggerFactory.getLogger(GroqReplyStream.class);

  /** An endless fast stream must not keep {@link #next()} for ever. */
  private static final int MAX_PARTS = 1024;

  private static final Duration LAST_BYTES_TIMEOUT = Duration.ofSeconds(1);
  private static final int MAX_LAST_BYTES = 4096;

  private final ModelId model;
  private final String requestId;
  private final Call call;
  private final Watchdog.Watch watch;
  private final InputStream body;
  private final GroqHttp http;
  private final GroqProperties limits;
  private final ProviderLimits said;
  private final EventSource reader;
  private final ReplyAssembler assembler;
  private final Failure.ModelTimeout beginning;
  private final AtomicBoolean closed = new AtomicBoolean();

  private final Beat beat = new Beat();

  /** Whether the last event was read, but not yet the connection's own end. */
  private volatile boolean hasLastBytes;

  /**
   * Over a reply that the provider has begun.
   *
   * @param call is cut when the reply is closed
   * @param watch is over the call
   * @param said what the provider allows
   */
  GroqReplyStream(
      Question question,
      Exchange exchange,
      Call call,
      Watchdog.Watch watch,
      ProviderLimits said,
      InputStream body,
      GroqHttp http,
      GroqProperties limits) {
    // Not the question: it may be long, and nobody needs it any more.
    this.model = question.model();
    this.requestId = question.requestId();
    this.call = call;
    this.watch = watch;
    this.said = said;
    this.body = body;
    this.http = http;
    this.limits = limits;
    this.reader = exchange.source(body);
    this.assembler = exchange.assembler();
    this.beginning = limits.beginning(comesInPieces(question));
  }

  /** Whether there is something of the reply before all of it. */
  static boolean comesInPieces(Question question) {
    return !(question instanceof Question.Verbatim verbatim) || verbatim.inPieces();
  }

  @Override
  public ModelId model() {
    return model;
  }

  @Override
  public ProviderLimits limits() {
    return said;
  }

  @Override
  public List<Part> next() throws InterruptedException {
    if (assembler.hasEnded()) {
      throw new IllegalStateException("a reply has nothing after its end");
    }
    List<Part> parts = new ArrayList<>();
    if (!assembler.isOver()) {
      gather(parts);
    }
    if (assembler.failure() != null) {
      close();
    }
    if (parts.isEmpty()) {
      throw new ChatException(failure());
    }
    beat.taken();
    return parts;
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    if (hasLastBytes) {
      readLastBytes();
    } else {
      shut();
    }
  }

  /** Waits until something has come, then takes all that is there. */
  private void gather(List<Part> parts) throws InterruptedException {
    if (Thread.interrupted()) {
      throw interrupted();
    }
    try {
      watchSilence();
      beat.awaitNext();
      boolean more = true;
      while (more && !assembler.isOver() && parts.size() < MAX_PARTS) {
        more = step(parts);
      }
    } catch (InterruptedException _) {
      throw interrupted();
    } catch (IOException e) {
      if (Thread.interrupted()) {
        throw interrupted();
      }
      log.debug("reading stopped: {} request={}", e.getClass().getSimpleName(), requestId);
      over(parts);
    } finally {
      watch.rest();
    }
    reportUnreadable();
  }

  /** Whether to go on. */
  private boolean step(List<Part> parts) throws IOException {
    switch (reader.next(parts.isEmpty())) {
      case EVENT -> {
        assembler.event(reader.name(), reader.data(), reader.length(), parts);
        hasLastBytes = assembler.hasEnded();
      }
      case END -> over(parts);
      case COMMENT -> {
        // Nothing but a sign of life.
      }
      case NOTHING_YET -> {
        return false;
      }
    }
    watchSilence();
    return true;
  }

  private void watchSilence() {
    if (assembler.hasBegun()) {
      watch.awaitSinceNow(Waiting.NEXT_TOKEN, limits.silenceTimeout());
    } else {
      watch.awaitSinceStart(beginning.waitingFor(), beginning.limit());
    }
  }

  /** Nothing more comes. */
  private void over(List<Part> parts) {
    if (!assembler.isWhole() && !closed.get() && watch.expired() == null) {
      log.warn("the reply broke off: request={}", requestId);
    }
    assembler.end(parts);
  }

  private InterruptedException interrupted() {
    close();
    return new InterruptedException("interrupted while waiting for the model");
  }

  private Failure failure() {
    @Nullable Failure late = watch.expired();
    @Nullable Failure known = late == null ? assembler.failure() : late;
    return known == null ? new Failure.ReplyCut() : known;
  }

  private void reportUnreadable() {
    if (assembler.isOver() && assembler.unreadable() > 0) {
      log.warn("skipped {} unreadable events: request={}", assembler.unreadable(), requestId);
    }
  }

  /**
   * Reads what comes after the end, a few bytes that are mostly there already, so that the
   * connection can serve the next turn. Without them it would have to be given up.
   */
  private void readLastBytes() {
    try {
      if (body.available() > 0) {
        drain();
      } else {
        http.threads().execute(this::drain);
      }
    } catch (IOException | RejectedExecutionException _) {
      shut();
    }
  }

  private void drain() {
    watch.awaitSinceNow(Waiting.NEXT_TOKEN, LAST_BYTES_TIMEOUT);
    try {
      body.skip(MAX_LAST_BYTES);
    } catch (IOException _) {
      // Then the connection is gone, and the reply is whole all the same.
    }
    shut();
  }

  private void shut() {
    watch.stop();
    call.cut();
  }
}
