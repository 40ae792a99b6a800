package dev.groqchat.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.simulator.Script;
import dev.groqchat.simulator.SimulatorConfig;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.apache.coyote.AbstractProtocol;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import tools.jackson.databind.JsonNode;

/** Clients that do not read. They lose their connection, not the turn, and cost next to nothing. */
class SlowClientTest {
  private static final int CLIENTS = 1_000;

  /** Far more than fits into the buffers of two sockets. */
  private static final int TOKENS = 60_000;

  private static final int BYTES_A_CLIENT = 150_000;

  /** Connections of the test's own client. */
  private static final int OTHERS = 5;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static Service service;

  @BeforeAll
  static void start() {
    service = Service.start(SimulatorConfig.fast(), "WRITE_TIMEOUT_SECS=1", "MAX_TOKENS=65000");
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void aThousandClientsThatNeverReadLeaveTheHeapFlatAndAreDropped() throws Exception {
    service.simulator().script(Script.counting(TOKENS));
    String turns = "/api/conversations/slow/turns";
    String body = "{\"message\":\"Count\",\"model\":\"openai/gpt-oss-120b\"}";
    JsonNode turn = Service.json(service.post(turns, body, Map.of()));
    assertThat(turn.get("status").asString()).isEqualTo("finished");
    URI events = service.uri(turns + "/" + turn.get("id").asString() + "/events");
    long before = heap();

    List<Socket> clients = new ArrayList<>();
    try {
      for (int client = 0; client < CLIENTS; client++) {
        clients.add(deaf(events));
      }
      assertThat(heap() - before).isLessThan((long) CLIENTS * BYTES_A_CLIENT);
      awaitHungUp();
    } finally {
      for (Socket client : clients) {
        client.close();
      }
    }
    assertThat(service.get(events.getRawPath() + "?after=" + (TOKENS - 1), Map.of()).body())
        .contains("event: finished");
  }

  /** Asks, and reads nothing of the answer. */
  private static Socket deaf(URI uri) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4 * 1024);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), uri.getPort()));
    String request = "GET " + uri.getRawPath() + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  /** Asked of the server: to whoever does not read, the kernel need not tell that it is over. */
  private static void awaitHungUp() {
    var web = (ServletWebServerApplicationContext) service.context();
    var tomcat = (TomcatWebServer) Objects.requireNonNull(web.getWebServer());
    var connections = (AbstractProtocol<?>) tomcat.getTomcat().getConnector().getProtocolHandler();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (connections.getConnectionCount() > OTHERS) {
      assertThat(System.nanoTime()).as("some are still connected").isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  private static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
