package dev.groqchat.adapters.web.websocket;

import dev.groqchat.adapters.web.classic.Sessions;
import dev.groqchat.adapters.web.problem.ProblemWriter;
import dev.groqchat.adapters.web.security.Callers;
import dev.groqchat.adapters.web.security.Origins;
import dev.groqchat.adapters.web.settings.WebProperties;
import dev.groqchat.application.port.in.RedeemTicket;
import dev.groqchat.domain.conversation.ConversationId;
import dev.groqchat.domain.failure.ChatException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.socket.WebSocketExtension;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;
import org.springframework.web.socket.server.support.WebSocketHandlerMapping;
import org.springframework.web.socket.server.support.WebSocketHttpRequestHandler;
import tools.jackson.databind.ObjectMapper;

/** The addresses of the sockets. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SocketProperties.class)
class SocketConfiguration {
  private static final String PROTOCOL = "groqchat.v1";
  private static final int BEFORE_THE_CONTROLLERS = -1;

  private final Sockets sockets;
  private final ObjectMapper json;
  private final WebProperties web;
  private final SocketProperties properties;

  SocketConfiguration(
      Sockets sockets, ObjectMapper json, WebProperties web, SocketProperties properties) {
    this.sockets = sockets;
    this.json = json;
    this.web = web;
    this.properties = properties;
  }

  /** {@code POST /chat} stays the controller's: only who asks for a socket comes here. */
  @Bean
  WebSocketHandlerMapping socketMapping(
      Origins origins,
      Callers callers,
      RedeemTicket redeemTicket,
      ProblemWriter problems,
      NativeActs nativeActs,
      ClassicActs classicActs) {
    HttpRequestHandler nativeRoute =
        route(
            new Door(origins, callers, redeemTicket, problems, _ -> null),
            (socket, visit) -> new NativeTalk(socket, visit, nativeActs),
            PROTOCOL);
    HttpRequestHandler classicRoute =
        route(
            new Door(origins, callers, redeemTicket, problems, SocketConfiguration::session),
            (socket, visit) -> new ClassicTalk(socket, visit, classicActs));
    WebSocketHandlerMapping mapping = new WebSocketHandlerMapping();
    mapping.setOrder(BEFORE_THE_CONTROLLERS);
    mapping.setWebSocketUpgradeMatch(true);
    mapping.setUrlMap(Map.of("/ws", nativeRoute, "/ws/chat", classicRoute, "/chat", classicRoute));
    return mapping;
  }

  private HttpRequestHandler route(
      Door door, BiFunction<Socket, Visit, Talk> talks, String... protocols) {
    SocketHandler handler =
        new SocketHandler(
            sockets, json, web.writeTimeout(), properties.maxFrame().toBytes(), talks);
    WebSocketHttpRequestHandler route =
        new WebSocketHttpRequestHandler(handler, new Plainly(protocols));
    route.setHandshakeInterceptors(List.of(door));
    return route;
  }

  /** The session that a classic socket is for; browsers cannot send the header. */
  private static ConversationId session(HttpServletRequest request) {
    String header = request.getHeader(Sessions.HEADER);
    String named = header == null || header.isEmpty() ? request.getParameter("session_id") : header;
    if (named == null || named.isEmpty()) {
      throw ChatException.invalid(Sessions.HEADER, "missing session ID");
    }
    return Sessions.parse(named);
  }

  /**
   * Agrees on no extension: compressing tokens of a few bytes saves little, and costs each socket
   * hundreds of kilobytes.
   */
  private static final class Plainly extends DefaultHandshakeHandler {
    Plainly(String... protocols) {
      setSupportedProtocols(protocols);
    }

    @Override
    protected List<WebSocketExtension> filterRequestedExtensions(
        ServerHttpRequest request,
        List<WebSocketExtension> requested,
        List<WebSocketExtension> supported) {
      return List.of();
    }
  }
}
