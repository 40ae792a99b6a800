package dev.groqchat.adapters.socketio;

import dev.groqchat.application.port.in.ReadConversation;
import dev.groqchat.application.port.in.StartTurn;
import io.socket.engineio.server.EngineIoServer;
import io.socket.engineio.server.EngineIoServerOptions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

/**
 * The surface over Socket.IO. Needs the in-ports {@link StartTurn} and {@link ReadConversation}, a
 * {@link KeyHolders}, {@link ClientNames} and a clock as beans, and a servlet container with
 * WebSockets.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SocketIoProperties.class)
public class SocketIoConfiguration {
  @Bean
  Surface socketIoSurface(
      StartTurn startTurn,
      ReadConversation readConversation,
      KeyHolders keys,
      InstantSource clock,
      SocketIoProperties properties) {
    return new Surface(startTurn, readConversation, keys, clock, new SecureRandom(), properties);
  }

  @Bean(destroyMethod = "shutdownNow")
  Timer socketIoTimer() {
    return new Timer();
  }

  @Bean
  Connections socketIoConnections(Surface surface, Timer timer) {
    return new Connections(surface, timer);
  }

  @Bean(destroyMethod = "shutdown")
  EngineIoServer socketIoEngine(SocketIoProperties properties, Timer timer, Connections all) {
    EngineIoServerOptions options =
        EngineIoServerOptions.newFromDefault()
            // Done by the mapping below, for WebSockets, too.
            .setCorsHandlingDisabled(true)
            .setPingInterval(properties.pingInterval().toMillis())
            .setPingTimeout(properties.pingTimeout().toMillis());
    options.setScheduledExecutorService(timer);
    EngineIoServer engine = new EngineIoServer(options);
    all.of(engine);
    return engine;
  }

  @Bean
  SimpleUrlHandlerMapping socketIoMapping(
      EngineIoServer engine,
      Connections all,
      KeyHolders keys,
      ClientNames names,
      SocketIoProperties properties) {
    SocketIoHandler handler = new SocketIoHandler(engine, all, keys, names, properties);
    SimpleUrlHandlerMapping mapping =
        new SimpleUrlHandlerMapping(
            Map.of("/socket.io", handler, "/socket.io/", handler), Ordered.HIGHEST_PRECEDENCE);
    mapping.setCorsConfigurations(Map.of("/**", origins(properties.allowedOrigins())));
    return mapping;
  }

  /** Same origin is always allowed: to Spring that is no CORS at all. */
  private static CorsConfiguration origins(List<String> allowed) {
    CorsConfiguration cors = new CorsConfiguration();
    cors.setAllowedOrigins(allowed);
    cors.setAllowedMethods(List.of("GET", "POST"));
    cors.setAllowedHeaders(List.of("*"));
    // Some clients ask for it, though there is no cookie to be had.
    cors.setAllowCredentials(!allowed.contains("*"));
    return cors;
  }
}
