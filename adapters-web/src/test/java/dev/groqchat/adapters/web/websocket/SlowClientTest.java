package dev.groqchat.adapters.web.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.application.fixtures.Script;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;

class SlowClientTest {
  /** Small, so that what a client does not read is felt soon. */
  static class SmallBuffers {
    @Bean
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> smallBuffers() {
      return factory ->
          factory.addConnectorCustomizers(connector -> {
            boolean _ = connector.setProperty("socket.txBufSize", "8192");
          });
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          /ws                     | finished | {"type":"send","conversation":"c","message":"much","on_disconnect":"continue"}
          /ws/chat?session_id=s   | stopped  | {"prompt":"much"}
          """)
  void aClientThatNeverReadsLosesItsConnection(String path, String end, String ask)
      throws Exception {
    String[] pieces = Collections.nCopies(500, "x".repeat(4096)).toArray(String[]::new);
    try (Service service =
            Service.start(List.of(SmallBuffers.class), "groqchat.web.write-timeout=300ms");
        RawClient client = RawClient.open(service.port(), path)) {
      service.answers("much", Script.answers(pieces));
      client.say(ask);
      Service.until(() -> !service.fakes().turns().all().isEmpty());
      service.awaitQuiet();
      Service.until(() -> service.turnAsking("much").hasEnded());
      if (end.equals("finished")) {
        service.awaitEnd("much", end);
      }
      Service.until(() -> Threads.ofSockets() == 0);
      long read = 0;
      while (client.read() >= 0) {
        read++;
      }
      assertThat(read).isBetween(1L, 500L * 4096);
    }
  }

  @Test
  void othersOfTheSameTurnLoseNothing() {
    String[] pieces = Collections.nCopies(300, "y".repeat(4096)).toArray(String[]::new);
    try (Service service =
            Service.start(List.of(SmallBuffers.class), "groqchat.web.write-timeout=2s");
        Client quick = service.talk()) {
      service.answers("much", Script.answers(pieces));
      quick.ask("{'type':'send','conversation':'c','message':'much'}");
      String turn = quick.next().get("turn").stringValue();
      try (RawClient slow = RawClient.open(service.port(), "/ws")) {
        for (int i = 0; i < 20; i++) {
          slow.say("{\"type\":\"follow\",\"turn\":\"" + turn + "\"}");
        }
        assertThat(Client.text(quick.toEnd())).hasSize(300 * 4096);
        Service.until(() -> service.sockets() == 1);
      }
    }
  }

  @Test
  void aWriterThatIsStuckIsFreedByTheClose() {
    String[] pieces = Collections.nCopies(500, "z".repeat(4096)).toArray(String[]::new);
    try (Service service =
            Service.start(
                List.of(SmallBuffers.class),
                "groqchat.web.write-timeout=10m",
                "groqchat.web.idle-timeout=600ms",
                "groqchat.web.socket.ping-interval=50ms");
        RawClient client = RawClient.open(service.port(), "/ws")) {
      service.answers("much", Script.answers(pieces));
      client.say("{\"type\":\"send\",\"conversation\":\"c\",\"message\":\"much\"}");
      Service.until(() -> !service.fakes().turns().all().isEmpty());
      service.awaitQuiet();
      Service.until(() -> Threads.ofSockets() == 0);
    }
  }
}
