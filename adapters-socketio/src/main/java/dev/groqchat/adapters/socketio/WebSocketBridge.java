package dev.groqchat.adapters.socketio;

import io.socket.engineio.server.EngineIoServer;
import io.socket.engineio.server.EngineIoWebSocket;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Between the container's WebSocket and the library's. Writing never blocks. */
final class WebSocketBridge extends EngineIoWebSocket implements Outbox.Wire {
  private static final Logger LOG = LoggerFactory.getLogger(WebSocketBridge.class);

  private final Session session;
  private final Query query;
  private final Outbox outbox;

  WebSocketBridge(Session session, Query query, long limit) {
    this.session = session;
    this.query = query;
    this.outbox = new Outbox(this, limit);
  }

  /** Hands the socket to the library, and to it whatever comes. */
  void connect(EngineIoServer engine) {
    session.addMessageHandler(String.class, text -> emit("message", text));
    engine.handleWebSocket(this);
  }

  /** The client has gone, or was sent away. */
  void closed() {
    emit("close");
  }

  @Override
  public Map<String, String> getQuery() {
    return query.parameters();
  }

  @Override
  public Map<String, List<String>> getConnectionHeaders() {
    return Map.of();
  }

  @Override
  public void write(String message) {
    outbox.put(message);
  }

  /** Nothing here has binary parts. */
  @Override
  public void write(byte[] message) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    outbox.close();
  }

  @Override
  public void send(String text) throws IOException {
    try {
      session.getBasicRemote().sendText(text);
    } catch (IllegalStateException e) {
      // How the container says that it was closed in the meantime.
      throw new IOException(e);
    }
  }

  @Override
  public void hangUp() {
    close(CloseReason.CloseCodes.NORMAL_CLOSURE, "");
  }

  @Override
  public void broken(String why) {
    emit("error", "transport error", why);
    close(CloseReason.CloseCodes.VIOLATED_POLICY, why);
  }

  private void close(CloseReason.CloseCode code, String why) {
    try {
      session.close(new CloseReason(code, why));
    } catch (IOException | IllegalStateException e) {
      LOG.debug("closing a socket that is closed", e);
    }
  }
}
