package dev.groqchat.adapters.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

/** The defaults, and what is refused. */
class SocketIoPropertiesTest {
  private static SocketIoProperties with(Map<String, String> settings) {
    return new Binder(new MapConfigurationPropertySource(settings))
        .bindOrCreate("groqchat.socketio", SocketIoProperties.class);
  }

  @Test
  void everyDefaultIsAsDocumented() {
    assertThat(with(Map.of()))
        .isEqualTo(
            new SocketIoProperties(
                List.of(),
                DataSize.ofMegabytes(1),
                10_000,
                16,
                Duration.ofSeconds(25),
                Duration.ofSeconds(20),
                Duration.ofSeconds(10),
                Duration.ofSeconds(15),
                "Hello! How can I help you today?",
                null));
    assertThat(with(Map.of()).zone()).isEqualTo(ZoneId.systemDefault());
    assertThat(with(Map.of("groqchat.socketio.time-zone", " ")).zone())
        .isEqualTo(ZoneId.systemDefault());
  }

  @ParameterizedTest
  @CsvSource({
    "max-payload, 0B",
    "max-payload, 4GB",
    "max-sockets, 0",
    "max-pending, 0",
    "ping-interval, 0s",
    "ping-timeout, -1s",
    "connect-timeout, 0s",
    "write-timeout, 0s",
    "time-zone, Atlantis",
  })
  void aBadValueIsRefusedByName(String name, String value) {
    assertThatThrownBy(() -> with(Map.of("groqchat.socketio." + name, value)))
        .hasRootCauseMessage("groqchat.socketio." + name + " is out of range");
  }
}
