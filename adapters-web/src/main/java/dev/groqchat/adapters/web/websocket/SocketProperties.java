package dev.groqchat.adapters.web.websocket;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What the WebSocket surfaces can be told.
 *
 * @param maxFrame the most bytes of a client's message
 * @param pingInterval how long a socket may be quiet before it is asked for a sign of life
 * @param maxTurns how many turns one socket may follow at once
 * @param maxWaiting how many messages of one classic socket may wait for those before them
 */
@ConfigurationProperties("groqchat.web.socket")
record SocketProperties(
    @DefaultValue("1MB") DataSize maxFrame,
    @DefaultValue("20s") Duration pingInterval,
    @DefaultValue("100") int maxTurns,
    @DefaultValue("100") int maxWaiting) {

  SocketProperties {
    if (maxFrame.toBytes() < 1 || maxTurns < 1 || maxWaiting < 1) {
      throw new IllegalArgumentException(
          "groqchat.web.socket: max-frame, max-turns and max-waiting must be at least 1");
    }
    if (!pingInterval.isPositive()) {
      throw new IllegalArgumentException("groqchat.web.socket: ping-interval must be positive");
    }
  }
}
