package dev.groqchat.adapters.socketio;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;

/** Turns a request into a WebSocket of the container's. */
final class WebSockets {
  private WebSockets() {}

  /**
   * Upgrades, or answers with what is wrong about the request.
   *
   * @throws IllegalArgumentException if it does not ask for a WebSocket
   */
  static void upgrade(
      HttpServletRequest request, HttpServletResponse response, WebSocketEndpoint endpoint)
      throws IOException {
    if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
      throw new IllegalArgumentException("no Upgrade header");
    }
    ServerContainer container =
        (ServerContainer)
            request.getServletContext().getAttribute("jakarta.websocket.server.ServerContainer");
    ServerEndpointConfig config =
        ServerEndpointConfig.Builder.create(WebSocketEndpoint.class, request.getRequestURI())
            .configurator(new Prepared(endpoint))
            .build();
    try {
      Objects.requireNonNull(container, "the container has no WebSockets")
          .upgradeHttpToWebSocket(request, response, config, Map.of());
    } catch (DeploymentException e) {
      throw new IllegalStateException("an endpoint of ours cannot be used", e);
    }
  }

  /** Gives the endpoint that knows its request, instead of making one that does not. */
  private static final class Prepared extends ServerEndpointConfig.Configurator {
    private final WebSocketEndpoint endpoint;

    Prepared(WebSocketEndpoint endpoint) {
      this.endpoint = endpoint;
    }

    @Override
    public <T> T getEndpointInstance(Class<T> type) {
      return type.cast(endpoint);
    }
  }
}
