package dev.groqchat.adapters.socketio;

import io.socket.engineio.server.EngineIoServer;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One WebSocket: a connection of its own, or one that goes on from polling. */
final class WebSocketEndpoint extends Endpoint {
  private static final Logger LOG = LoggerFactory.getLogger(WebSocketEndpoint.class);

  /** How long the other side may take to answer that we close. */
  private static final Duration FAREWELL = Duration.ofSeconds(5);

  private final EngineIoServer engine;
  private final SocketIoProperties properties;
  private final Arrival arrival;
  private final Query query;
  private @Nullable WebSocketBridge bridge;

  WebSocketEndpoint(
      EngineIoServer engine, SocketIoProperties properties, Arrival arrival, Query query) {
    this.engine = engine;
    this.properties = properties;
    this.arrival = arrival;
    this.query = query;
  }

  @Override
  public void onOpen(Session session, EndpointConfig config) {
    int limit = (int) properties.maxPayload().toBytes();
    // What is longer is closed with 1009.
    session.setMaxTextMessageBufferSize(limit);
    session
        .getUserProperties()
        .put(
            "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT",
            properties.writeTimeout().toMillis());
    session
        .getUserProperties()
        .put("org.apache.tomcat.websocket.SESSION_CLOSE_TIMEOUT", FAREWELL.toMillis());
    WebSocketBridge opened = new WebSocketBridge(session, query, limit);
    bridge = opened;
    ScopedValue.where(Arrival.CURRENT, arrival).run(() -> opened.connect(engine));
  }

  @Override
  public void onClose(Session session, CloseReason reason) {
    if (bridge != null) {
      bridge.closed();
    }
  }

  /** The container closes the socket after this. */
  @Override
  public void onError(Session session, Throwable failure) {
    LOG.debug("a socket broke", failure);
  }
}
