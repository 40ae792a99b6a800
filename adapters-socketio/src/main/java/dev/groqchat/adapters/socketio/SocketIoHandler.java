package dev.groqchat.adapters.socketio;

import io.socket.engineio.server.EngineIoServer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Every request to {@code /socket.io/}: turns away what must not come in, and hands the rest to the
 * library as a poll or as a WebSocket. On the request's own thread, which a poll keeps waiting.
 */
final class SocketIoHandler implements HttpRequestHandler {
  private static final Logger LOG = LoggerFactory.getLogger(SocketIoHandler.class);

  private final EngineIoServer engine;
  private final Connections connections;
  private final KeyHolders keys;
  private final ClientNames names;
  private final SocketIoProperties properties;

  SocketIoHandler(
      EngineIoServer engine,
      Connections connections,
      KeyHolders keys,
      ClientNames names,
      SocketIoProperties properties) {
    this.engine = engine;
    this.connections = connections;
    this.keys = keys;
    this.names = names;
    this.properties = properties;
  }

  @Override
  public void handleRequest(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      Query query = Query.parse(request.getQueryString());
      Arrival arrival = Arrival.of(request, response, query, names);
      Refusal refusal = refusal(request, query, arrival);
      if (refusal != null) {
        refusal.writeTo(response);
      } else if ("websocket".equals(query.get("transport"))) {
        WebSockets.upgrade(
            request, response, new WebSocketEndpoint(engine, properties, arrival, query));
      } else {
        poll(request, response, query.get("sid"), arrival);
      }
    } catch (IllegalArgumentException e) {
      Refusal.BAD_REQUEST.writeTo(response);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      Refusal.NO_ROOM.writeTo(response);
    }
  }

  private @Nullable Refusal refusal(HttpServletRequest request, Query query, Arrival arrival) {
    String method = request.getMethod();
    if (!method.equals(HttpMethod.GET.name()) && !method.equals(HttpMethod.POST.name())) {
      return Refusal.METHOD;
    }
    if (!"4".equals(query.get("EIO"))) {
      return Refusal.VERSION;
    }
    if (query.get("j") != null) {
      // Scripts from elsewhere: what browsers did before they had CORS.
      return Refusal.BAD_REQUEST;
    }
    return query.get("sid") == null ? refusal(arrival) : null;
  }

  /** Of a new connection. One without a key is asked for it in its CONNECT packet. */
  private @Nullable Refusal refusal(Arrival arrival) {
    if (arrival.key() != null && keys.ownerOf(arrival.key()).isEmpty()) {
      return Refusal.KEY;
    }
    return connections.accepting() ? null : Refusal.NO_ROOM;
  }

  private void poll(
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable String sid,
      Arrival arrival)
      throws IOException, InterruptedException {
    int limit = (int) properties.maxPayload().toBytes();
    byte[] body = request.getInputStream().readNBytes(limit + 1);
    if (body.length > limit) {
      Refusal.TOO_LARGE.writeTo(response);
      return;
    }
    ContentCachingResponseWrapper answer = new ContentCachingResponseWrapper(response);
    Poll poll = new Poll(request, answer, body);
    handle(poll, answer, arrival);
    if (poll.isAsyncStarted() && sid != null && !connections.knows(sid)) {
      // It ended while this poll was on its way to it: nobody would ever answer.
      Refusal.GONE.writeTo(response);
      return;
    }
    poll.await(properties.pingInterval().plus(properties.pingTimeout()));
    deliver(poll, answer);
  }

  private void handle(Poll poll, HttpServletResponse answer, Arrival arrival) throws IOException {
    try {
      ScopedValue.where(Arrival.CURRENT, arrival)
          .call(() -> {
            engine.handleRequest(poll, answer);
            return poll;
          });
    } catch (IllegalStateException | NullPointerException | IndexOutOfBoundsException e) {
      // What the library makes of nonsense.
      throw new IllegalArgumentException(e);
    }
  }

  private static void deliver(Poll poll, ContentCachingResponseWrapper answer) {
    try {
      answer.copyBodyToResponse();
    } catch (IOException e) {
      LOG.debug("a client has gone in the middle of an answer", e);
      poll.lost();
    }
  }

  /** Why a request is turned away, in Engine.IO's form. */
  private enum Refusal {
    BAD_REQUEST(400, 3, "Bad request", null, null),
    VERSION(400, 5, "Unsupported protocol version", null, null),
    GONE(400, 1, "Session ID unknown", null, null),
    KEY(401, 4, "send a valid API key", HttpHeaders.WWW_AUTHENTICATE, "Bearer"),
    METHOD(405, 3, "Only GET and POST are supported here", HttpHeaders.ALLOW, "GET, POST"),
    TOO_LARGE(413, 3, "The body is too large", null, null),
    NO_ROOM(503, 3, "No room for another connection; try again", HttpHeaders.RETRY_AFTER, "5");

    private final int status;
    private final String body;
    private final @Nullable String header;
    private final @Nullable String value;

    Refusal(int status, int code, String message, @Nullable String header, @Nullable String value) {
      this.status = status;
      this.body = "{\"code\":" + code + ",\"message\":\"" + message + "\"}";
      this.header = header;
      this.value = value;
    }

    void writeTo(HttpServletResponse response) throws IOException {
      response.setStatus(status);
      if (header != null) {
        response.setHeader(header, value);
      }
      response.setContentType(MediaType.APPLICATION_JSON_VALUE);
      response.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
    }
  }
}
