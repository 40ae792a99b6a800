package dev.groqchat.bootstrap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.simulator.SimulatorConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Nothing a client sends becomes a line of the log, a header, an address, or who it is. */
@ExtendWith(OutputCaptureExtension.class)
class ForgeryTest {
  private static final String FORGED = "forged-line";

  /** As bytes of ISO 8859-1, so that each is sent as it stands here. */
  private static final List<String> NASTY =
      List.of(
          "a\rforged-line",
          "a\u0000forged-line",
          "a\u001b[2Kforged-line",
          "a\u0008\u007fforged-line",
          "a\u0085forged-line",
          bytes("a\u2028forged-line"),
          bytes("a\u202eforged-line"),
          bytes("\ud83d\ude00forged-line"),
          "%0d%0aforged-line",
          "\\r\\nforged-line",
          "\"}\\n{\"forged-line\":\"",
          "x".repeat(10_000) + FORGED,
          "x".repeat(7_000) + FORGED,
          "");

  private static final List<String> HEADERS =
      List.of(
          "X-Request-ID",
          "X-Session-ID",
          "Idempotency-Key",
          "X-API-Key",
          "Authorization",
          "Last-Event-ID",
          "X-Forwarded-For",
          "X-Forwarded-Proto",
          "Origin",
          "Accept",
          "User-Agent",
          "Cookie",
          "traceparent");

  private static Service service;
  private static Service proxied;

  @BeforeAll
  static void start() {
    service = Service.start(SimulatorConfig.fast());
    proxied = Service.start(SimulatorConfig.fast(), "TRUSTED_PROXIES=127.0.0.1");
  }

  @AfterAll
  static void stop() {
    service.close();
    proxied.close();
  }

  private static String bytes(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }

  private static String ask(Service service, String request) throws IOException {
    try (RawConnection connection = new RawConnection(service.uri("/"))) {
      return connection.send(request).readToEnd();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "pretty"})
  void noHeaderForgesALineOfTheLogOrAnotherHeader(String format, CapturedOutput output)
      throws Exception {
    try (Service logging = Service.start(SimulatorConfig.fast(), "LOG_FORMAT=" + format)) {
      for (String header : HEADERS) {
        for (String value : NASTY) {
          String common = "Host: x\nConnection: close\n" + header + ": " + value + "\n";
          for (String answer :
              List.of(
                  ask(logging, "GET /history HTTP/1.1\n" + common + "\n"),
                  ask(logging, "GET /api/conversations HTTP/1.1\n" + common + "\n"),
                  ask(
                      logging,
                      "POST /chat HTTP/1.1\n"
                          + common
                          + "Content-Type: application/json\nContent-Length: 2\n\n{}"))) {
            assertThat(answer).as(header + ": " + value).matches("(?s)HTTP/1.1 [2-4].*");
            assertThat(head(answer)).as(header + ": " + value).noneMatch(ForgeryTest::forged);
          }
        }
      }
      for (String line :
          List.of(
              "GET /a%0d%0aforged-line HTTP/1.1",
              "GET /api/conversations/%0aforged-line HTTP/1.1",
              "GET /api/conversations?cursor=%0d%0aforged-line HTTP/1.1",
              "GET /nothing\u0085forged-line HTTP/1.1",
              "FORGED-LINE /health HTTP/1.1",
              "GET /ws/chat?session_id=%0aforged-line HTTP/1.1",
              "GET /socket.io/?EIO=4&transport=polling&sid=%0aforged-line HTTP/1.1")) {
        assertThat(ask(logging, line + "\nHost: x\nConnection: close\n\n"))
            .as(line)
            .matches("(?s)HTTP/1.1 [2-4].*");
      }
    }
    assertThat(lines(output)).isNotEmpty().noneMatch(ForgeryTest::forged);
  }

  private static List<String> head(String answer) {
    return answer.substring(0, answer.indexOf("\r\n\r\n")).lines().toList();
  }

  /** Whatever some program takes for the end of a line. */
  private static List<String> lines(CapturedOutput output) {
    return Arrays.asList(Pattern.compile("\\R|[\\x00-\\x1a\\x7f\\x85]").split(output.getAll(), -1));
  }

  private static boolean forged(String line) {
    return line.toLowerCase(Locale.ROOT).startsWith(FORGED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Forwarded-For: ", "Forwarded: for=", "X-Real-IP: ", "Client-IP: "})
  void nobodyButATrustedProxySaysWhereAClientIs(String header, CapturedOutput output)
      throws Exception {
    String request = "GET /health HTTP/1.1\nHost: x\nConnection: close\n";
    assertThat(ask(service, request + header + "203.0.113.77\n\n")).startsWith("HTTP/1.1 200");

    assertThat(output.getAll()).contains("client=127.0.0.1").doesNotContain("203.0.113.77");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https        | true",
        "HTTPS        | true",
        "https, https | true",
        "https, http  | false",
        "http         | false",
        "nonsense     | false",
      })
  void cookiesAreSecureWhereATrustedProxySpeaksTls(String proto, boolean secure) throws Exception {
    assertThat(cookie(proxied, proto).contains("; Secure")).isEqualTo(secure);
    assertThat(cookie(service, proto)).doesNotContain("; Secure");
  }

  private static String cookie(Service asked, String proto) throws Exception {
    String request = "POST /api/conversations HTTP/1.1\nHost: x\nConnection: close\n";
    String body = "Content-Type: application/json\nContent-Length: 2\n\n{}";
    String answer = ask(asked, request + "X-Forwarded-Proto: " + proto + "\n" + body);
    String cookie =
        answer.lines().filter(line -> line.startsWith("Set-Cookie:")).findFirst().orElseThrow();
    assertThat(cookie).contains("; HttpOnly").contains("; SameSite=Lax");
    return cookie;
  }

  @Test
  void noHostIsRepeatedAndNoneChoosesWhereAnythingGoes() throws Exception {
    for (String host :
        List.of("elsewhere.example", "elsewhere.example:443", "[::1]", "x, elsewhere.example")) {
      for (String line :
          List.of(
              "GET /history HTTP/1.1\nHost: ",
              "GET /swagger-ui.html HTTP/1.1\nHost: ",
              "GET http://elsewhere.example/history HTTP/1.1\nHost: ")) {
        assertThat(ask(service, line + host + "\nConnection: close\n\n"))
            .as(line + host)
            .matches("(?s)HTTP/1.1 [2-4].*")
            .doesNotContain("elsewhere.example");
      }
    }
    assertThat(ask(service, "GET /health HTTP/1.1\nHost: a\nHost: b\n\n"))
        .startsWith("HTTP/1.1 400");
  }

  /** All that a client may name is tried as an address; only the provider's is ever asked. */
  @Test
  void noClientChoosesWhomTheServiceAsks() throws Exception {
    try (Trap trap = new Trap()) {
      String address = trap.address();
      Map<String, String> headers =
          Map.of(
              "X-Forwarded-Host", address,
              "Forwarded", "host=" + address,
              "X-Base-Url", "http://" + address,
              "Referer", "http://" + address + "/");
      for (String model :
          List.of(
              "http://" + address + "/x", "../../x", "//" + address, "@" + address, "x?a=b#c")) {
        String quoted = "\"model\":\"" + model + "\",\"base_url\":\"http://" + address + "\"";
        int _ =
            service
                .post(
                    "/api/conversations/ssrf/turns", "{\"message\":\"hi\"," + quoted + "}", headers)
                .statusCode();
        int _ =
            service
                .post(
                    "/v1/chat/completions",
                    "{"
                        + quoted
                        + ",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\","
                        + "\"image_url\":{\"url\":\"http://"
                        + address
                        + "/i.png\"}}]}]}",
                    headers)
                .statusCode();
        String encoded = URLEncoder.encode(model, UTF_8);
        int _ = service.get("/v1/models/" + encoded, headers).statusCode();
      }
      assertThat(trap.wasAsked()).isFalse();
      assertThat(service.simulator().requests())
          .isNotEmpty()
          .allSatisfy(seen ->
              assertThat(seen.path())
                  .endsWithIgnoringCase(
                      seen.path().contains("models") ? "models" : "/chat/completions"));
    }
  }

  /** An address at which nobody must ask. */
  private static final class Trap implements AutoCloseable {
    private final ServerSocket socket;

    Trap() throws IOException {
      socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    String address() {
      return "127.0.0.1:" + socket.getLocalPort();
    }

    boolean wasAsked() throws IOException {
      socket.setSoTimeout(1);
      try (var _ = socket.accept()) {
        return true;
      } catch (SocketTimeoutException _) {
        return false;
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
