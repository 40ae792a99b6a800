package dev.groqchat.adapters.web.stream;

import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
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
  static final Duration SILENCE = Duration.ofMillis(900);

  private static final Duration SHORTEST_WAIT = Duration.ofMillis(1);

  private final Source source;
  private final Frames opening;
  private final Frames frames;
  private final HttpServletResponse response;
  private long lastWrite = System.nanoTime();

  EventStream(Source source, ObjectMapper json, HttpServletResponse response) {
    this.source = source;
    this.opening = new Frames(json);
    this.frames = new Frames(json);
    this.response = response;
  }

  /**
   * Waits until the source has begun, as long as a client may be left without any word: until one
   * is sent, the answer may still be a status.
   *
   * @return false if the client has gone meanwhile
   * @throws ChatException if the source cannot even begin
   */
  boolean awaitBegin(Duration atMost, Peer client) throws InterruptedException {
    long begun = System.nanoTime();
    while (!source.begun() && !source.ended()) {
      Duration left = atMost.minusNanos(System.nanoTime() - begun);
      if (!left.isPositive()) {
        return true;
      }
      if (client.gone()) {
        return false;
      }
      source.next(left.compareTo(SILENCE) < 0 ? left : SILENCE, frames);
    }
    return true;
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
      while (!source.ended()) {
        source.next(patience(), frames);
        if (frames.isEmpty() && !source.ended() && silentForTooLong()) {
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
    source.begin(opening);
    if (opening.isEmpty() && !source.begun() && !source.ended()) {
      opening.comment("waiting");
    }
    opening.writeTo(response.getOutputStream());
    flush();
  }

  private void lost(Failure failure) throws IOException {
    source.lost(failure, frames);
    flush();
  }

  private void flush() throws IOException {
    frames.writeTo(response.getOutputStream());
    response.flushBuffer();
    lastWrite = System.nanoTime();
  }

  private boolean silentForTooLong() {
    return !patienceLeft().isPositive();
  }

  /** How long the client can be left without a word from now on. */
  private Duration patience() {
    Duration left = patienceLeft();
    return left.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : left;
  }

  private Duration patienceLeft() {
    return SILENCE.minusNanos(System.nanoTime() - lastWrite);
  }
}
