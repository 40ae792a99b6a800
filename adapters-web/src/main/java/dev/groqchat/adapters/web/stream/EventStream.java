package dev.groqchat.adapters.web.stream;

import dev.groqchat.application.port.Following;
import dev.groqchat.application.port.in.WatchDrain;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.turn.NumberedEvent;
import dev.groqchat.domain.turn.TurnEvent;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.ObjectMapper;

/**
 * One client's stream: the one place that flushes, beats the heart and notices that a client has
 * gone. For one thread.
 */
final class EventStream {
  private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);

  /**
   * How long nothing is sent before a comment is. A client's leaving shows at the second write
   * after it: with this it is noticed within two seconds, and the first byte is out within one.
   */
  private static final Duration SILENCE = Duration.ofMillis(900);

  private final Following following;
  private final Dialect dialect;
  private final Frames opening;
  private final Frames frames;
  private final WatchDrain drain;
  private final HttpServletResponse response;
  private boolean toldOfDrain;
  private long lastWrite = System.nanoTime();

  EventStream(
      Following following,
      Dialect dialect,
      ObjectMapper json,
      WatchDrain drain,
      HttpServletResponse response) {
    this.following = following;
    this.dialect = dialect;
    this.opening = new Frames(json);
    this.frames = new Frames(json);
    this.drain = drain;
    this.response = response;
  }

  /**
   * Waits for something that the dialect has a word for, as long as a client may be left without
   * any: until it is sent, the answer may still be a status.
   *
   * @return the failure, if the first there is to tell is that the turn has failed
   */
  @Nullable Failure awaitFirst() throws InterruptedException {
    Failure failure = null;
    while (frames.isEmpty() && !following.ended() && !silentForTooLong()) {
      for (NumberedEvent event : following.next(patience())) {
        if (frames.isEmpty() && event.event() instanceof TurnEvent.Failed(var first)) {
          failure = first;
        }
        dialect.frame(event, frames);
      }
    }
    return failure;
  }

  /** Sends everything to the end, or until the client has gone. */
  void send() throws InterruptedException {
    try {
      follow();
    } catch (IOException e) {
      LOG.debug("the client has gone", e);
    }
  }

  private void follow() throws IOException, InterruptedException {
    try {
      open();
      while (!following.ended()) {
        for (NumberedEvent event : following.next(patience())) {
          dialect.frame(event, frames);
        }
        if (!toldOfDrain && drain.draining()) {
          toldOfDrain = true;
          dialect.drain(frames);
        }
        if (frames.isEmpty() && !following.ended() && silentForTooLong()) {
          frames.comment("waiting");
        }
        if (!frames.isEmpty()) {
          flush();
        }
      }
    } catch (ChatException e) {
      lost(e.failure());
    } catch (RuntimeException e) {
      LOG.error("a stream broke", e);
      lost(new Failure.Internal());
    }
  }

  /** Lets the client know that it is served, even if there is nothing to tell yet. */
  private void open() throws IOException {
    dialect.begin(opening);
    if (opening.isEmpty() && frames.isEmpty() && !following.ended()) {
      opening.comment("waiting");
    }
    opening.writeTo(response.getOutputStream());
    flush();
  }

  private void lost(Failure failure) throws IOException {
    dialect.lost(failure, frames);
    flush();
  }

  private void flush() throws IOException {
    frames.writeTo(response.getOutputStream());
    response.flushBuffer();
    lastWrite = System.nanoTime();
  }

  private boolean silentForTooLong() {
    return System.nanoTime() - lastWrite >= SILENCE.toNanos();
  }

  /** How long the client can be left without a word from now on. */
  private Duration patience() {
    long left = SILENCE.toNanos() - (System.nanoTime() - lastWrite);
    return Duration.ofNanos(Math.max(1_000_000, left));
  }
}
