package dev.groqchat.adapters.web.stream;

import dev.groqchat.application.port.Following;
import dev.groqchat.application.port.in.WatchDrain;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/**
 * Sends a follower's events as server-sent events, for every dialect. It writes in the request's
 * own thread. Thread-safe.
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
      EventStream stream = new EventStream(following, dialect, json, drain, response);
      Failure failure = stream.awaitFirst();
      if (failure != null) {
        throw new ChatException(failure);
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
      EventStream stream = new EventStream(following, dialect, json, drain, response);
      // A turn that has failed is no failure to tell of it.
      Failure _ = stream.awaitFirst();
      begin(response);
      stream.send();
    }
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
