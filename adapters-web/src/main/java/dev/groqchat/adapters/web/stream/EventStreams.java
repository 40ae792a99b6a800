package dev.groqchat.adapters.web.stream;

import dev.groqchat.application.port.Following;
import dev.groqchat.application.port.in.WatchDrain;
import dev.groqchat.domain.failure.ChatException;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/**
 * Sends what a source tells as server-sent events, such as a follower's events in every dialect. It
 * writes in the request's own thread. Thread-safe.
 */
@Component
public class EventStreams {
  private final ObjectMapper json;
  private final WatchDrain drain;

  EventStreams(ObjectMapper json, WatchDrain drain) {
    this.json = json;
    this.drain = drain;
  }

  /**
   * Sends a new turn's events to their end, and closes the following.
   *
   * @throws ChatException if the turn fails before there was anything to send: then it can still be
   *     an answer with a status
   */
  public void sendNew(Following following, Dialect dialect, HttpServletResponse response)
      throws InterruptedException {
    try (following) {
      TurnSource turn = new TurnSource(following, dialect, drain);
      EventStream stream = begun(turn, response);
      if (turn.firstWord() != null) {
        throw new ChatException(turn.firstWord());
      }
      begin(response);
      stream.send();
    }
  }

  /**
   * Sends what a follower sees to its end, and closes the following.
   *
   * @throws ChatException if the events cannot be followed at all
   */
  public void send(Following following, Dialect dialect, HttpServletResponse response)
      throws InterruptedException {
    try (following) {
      // A turn that has failed is no failure to tell of it.
      EventStream stream = begun(new TurnSource(following, dialect, drain), response);
      begin(response);
      stream.send();
    }
  }

  private EventStream begun(TurnSource turn, HttpServletResponse response)
      throws InterruptedException {
    EventStream stream = new EventStream(turn, json, response);
    // Too short a wait to look for the client in it: the first word goes out right after.
    boolean _ = stream.awaitBegin(EventStream.SILENCE, () -> false);
    return stream;
  }

  /**
   * Sends what a source tells to its end. Sends nothing if the client has gone before it began.
   *
   * @param atMost how long the answer waits for the source to begin; after that it begins itself
   * @throws ChatException if the source fails before the answer has begun: then it can still be one
   *     with a status
   */
  public void send(Source source, Duration atMost, Peer client, HttpServletResponse response)
      throws InterruptedException {
    EventStream stream = new EventStream(source, json, response);
    if (!stream.awaitBegin(atMost, client)) {
      response.setStatus(Peer.LEFT);
      return;
    }
    begin(response);
    stream.send();
  }

  /** Puts the headers of a stream on an answer. */
  public static void begin(HttpServletResponse response) {
    response.setStatus(HttpServletResponse.SC_OK);
    response.setContentType("text/event-stream;charset=utf-8");
    response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-store, no-transform");
    // nginx would gather the answer otherwise: its proxy_buffering is on by default.
    response.setHeader("X-Accel-Buffering", "no");
  }
}
