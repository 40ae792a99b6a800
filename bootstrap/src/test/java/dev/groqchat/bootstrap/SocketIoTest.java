package dev.groqchat.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.adapters.socketio.ClientNames;
import dev.groqchat.adapters.web.security.Clients;
import dev.groqchat.simulator.SimulatorConfig;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

/** What is put together for Socket.IO: the keys of the other surfaces, and the YAML's variables. */
class SocketIoTest {
  private static final String HANDSHAKE = "/socket.io/?EIO=4&transport=polling";

  private static String connected(Service service, String packet, Map<String, String> headers)
      throws Exception {
    HttpResponse<String> opened = service.get(HANDSHAKE, headers);
    assertThat(opened.statusCode()).isEqualTo(200);
    String sid = Service.JSON.readTree(opened.body().substring(1)).get("sid").asString();
    assertThat(service.post(HANDSHAKE + "&sid=" + sid, packet, Map.of()).body()).isEqualTo("ok");
    return service.get(HANDSHAKE + "&sid=" + sid, Map.of()).body();
  }

  @Test
  void aKeyOfTheServiceIsAKeyHere() throws Exception {
    try (Service service =
        Service.start(
            SimulatorConfig.defaults(),
            "API_KEYS=alice:secret",
            "CORS_ALLOWED_ORIGINS=https://one.example,https://two.example",
            "SOCKETIO_WELCOME=Salut",
            "SOCKETIO_TIME_ZONE=Asia/Tokyo")) {
      assertThat(connected(service, "40", Map.of())).startsWith("44{");
      assertThat(connected(service, "40{\"token\":\"secret\"}", Map.of()))
          .startsWith("40{")
          .contains("session_id", "Salut");
      assertThat(connected(service, "40", Map.of("X-API-Key", "secret"))).startsWith("40{");
      assertThat(service.get(HANDSHAKE, Map.of("Authorization", "Bearer wrong")).statusCode())
          .isEqualTo(401);
      HttpResponse<String> allowed =
          service.get(HANDSHAKE, Map.of("Origin", "https://two.example"));
      assertThat(allowed.headers().firstValue("Access-Control-Allow-Origin"))
          .hasValue("https://two.example");
      assertThat(service.get(HANDSHAKE, Map.of("Origin", "https://x.example")).statusCode())
          .isEqualTo(403);
      assertThat(service.context().getEnvironment().getProperty("groqchat.socketio.time-zone"))
          .isEqualTo("Asia/Tokyo");
    }
  }

  @Test
  void aClientIsCalledAsOnTheOtherSurfaces() throws Exception {
    try (Service service =
        Service.start(SimulatorConfig.defaults(), "TRUSTED_PROXIES=10.0.0.0/8,fd00::/8")) {
      MockHttpServletRequest request = new MockHttpServletRequest();
      request.setRemoteAddr("fd00::1");
      request.addHeader("X-Forwarded-For", "1.1.1.1, 203.0.113.9, 10.0.0.7");

      assertThat(service.context().getBean(ClientNames.class).nameOf(request))
          .isEqualTo(service.context().getBean(Clients.class).of(request))
          .isEqualTo("203.0.113.9");
    }
  }

  @Test
  void withoutKeysEverybodyMayConnect() throws Exception {
    try (Service service = Service.start(SimulatorConfig.defaults())) {
      assertThat(connected(service, "40", Map.of())).startsWith("40{").contains("Hello!");
      assertThat(connected(service, "40", Map.of("X-API-Key", "any"))).startsWith("40{");
    }
  }
}
