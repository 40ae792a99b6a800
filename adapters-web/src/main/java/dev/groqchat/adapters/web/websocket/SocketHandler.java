package dev.groqchat.adapters.web.websocket;

import java.time.Duration;
import java.util.Objects;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PongMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.standard.StandardWebSocketSession;
import tools.jackson.databind.ObjectMapper;

/** Hands what the container tells of a surface's sockets to their connections. Thread-safe. */
final class SocketHandler implements WebSocketHandler {
  private static final Logger LOG = LoggerFactory.getLogger(SocketHandler.class);
  private static final String CONNECTION = Connection.class.getName();

  private final Sockets sockets;
  private final ObjectMapper json;
  private final Duration writeTimeout;
  private final long mostBytes;
  private final BiFunction<Socket, Visit, Talk> talks;

  /**
   * The sockets of a surface.
   *
   * @param mostBytes of a message
   * @param talks what the surface does with a socket
   */
  SocketHandler(
      Sockets sockets,
      ObjectMapper json,
      Duration writeTimeout,
      long mostBytes,
      BiFunction<Socket, Visit, Talk> talks) {
    this.sockets = sockets;
    this.json = json;
    this.writeTimeout = writeTimeout;
    this.mostBytes = mostBytes;
    this.talks = talks;
  }

  @Override
  public void afterConnectionEstablished(WebSocketSession session) {
    Socket socket = new Socket((StandardWebSocketSession) session, json, writeTimeout);
    Talk talk = talks.apply(socket, Visit.of(session));
    Connection connection = new Connection(socket, talk, mostBytes);
    session.getAttributes().put(CONNECTION, connection);
    sockets.opened(connection);
    if (!session.isOpen()) {
      // It may have been closed before it was known.
      sockets.closed(connection);
    }
  }

  @Override
  public void handleMessage(WebSocketSession session, WebSocketMessage<?> message) {
    Connection connection = connection(session);
    switch (message) {
      case TextMessage text ->
          connection.text(text.getPayload(), text.getPayloadLength(), text.isLast());
      case BinaryMessage binary -> connection.binary(binary.getPayloadLength(), binary.isLast());
      case PongMessage _ -> connection.heard();
      default -> throw new IllegalArgumentException("unknown message: " + message.getClass());
    }
  }

  @Override
  public void handleTransportError(WebSocketSession session, Throwable e) {
    LOG.debug("a socket broke", e);
  }

  @Override
  public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
    // There is none yet if it was closed while it was being opened: that is looked for there.
    if (session.getAttributes().containsKey(CONNECTION)) {
      sockets.closed(connection(session));
    }
  }

  private static Connection connection(WebSocketSession session) {
    return (Connection)
        Objects.requireNonNull(session.getAttributes().get(CONNECTION), "not established");
  }

  /** So that room is needed only for what comes, not for the longest message that could. */
  @Override
  public boolean supportsPartialMessages() {
    return true;
  }
}
