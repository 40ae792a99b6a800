package dev.groqchat.adapters.socketio;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What the Socket.IO surface can be told.
 *
 * @param allowedOrigins whose pages may connect besides our own; {@code *} for everybody's
 * @param maxPayload the most bytes of one request or frame, and the most that may wait for a client
 * @param maxSockets how many connections there may be at once
 * @param maxPending how many messages of one connection may wait for their answer
 * @param pingInterval how often a client is asked whether it is there
 * @param pingTimeout how long it may take to say so
 * @param connectTimeout how long a connection may be open before it says who it is
 * @param writeTimeout how long a client may leave our bytes unread
 * @param welcome what a client is greeted with
 * @param timeZone of the times that clients see; null or blank for the system's
 */
@ConfigurationProperties("groqchat.socketio")
public record SocketIoProperties(
    @DefaultValue List<String> allowedOrigins,
    @DefaultValue("1MB") DataSize maxPayload,
    @DefaultValue("10000") int maxSockets,
    @DefaultValue("16") int maxPending,
    @DefaultValue("25s") Duration pingInterval,
    @DefaultValue("20s") Duration pingTimeout,
    @DefaultValue("10s") Duration connectTimeout,
    @DefaultValue("15s") Duration writeTimeout,
    @DefaultValue("Hello! How can I help you today?") String welcome,
    @Nullable String timeZone) {

  public SocketIoProperties {
    allowedOrigins = List.copyOf(allowedOrigins);
    require(maxPayload.toBytes() >= 1 && maxPayload.toBytes() < Integer.MAX_VALUE, "max-payload");
    require(maxSockets >= 1, "max-sockets");
    require(maxPending >= 1, "max-pending");
    require(pingInterval.isPositive(), "ping-interval");
    require(pingTimeout.isPositive(), "ping-timeout");
    require(connectTimeout.isPositive(), "connect-timeout");
    require(writeTimeout.isPositive(), "write-timeout");
    require(isZone(timeZone), "time-zone");
  }

  private static void require(boolean rule, String property) {
    if (!rule) {
      throw new IllegalArgumentException("groqchat.socketio." + property + " is out of range");
    }
  }

  private static boolean isZone(@Nullable String name) {
    try {
      zone(name);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static ZoneId zone(@Nullable String name) {
    return name == null || name.isBlank() ? ZoneId.systemDefault() : ZoneId.of(name);
  }

  ZoneId zone() {
    return zone(timeZone);
  }
}
