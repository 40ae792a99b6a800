package dev.groqchat.adapters.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.adapters.web.OverHttp;
import dev.groqchat.adapters.web.Site;
import dev.groqchat.adapters.web.Wire;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Headers that hold bytes of no ASCII, such as UTF-8: no defect of ours, whoever reads them. */
@OverHttp
class OddHeadersTest {
  /** UTF-8 as Tomcat gives it: a character for each byte, of which some are controls. */
  private static final String ODD = "\u00e4\u00b8\u0096\u00e2\u0080\u009f";

  private static final String MESSAGE = "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

  private final Site site;

  OddHeadersTest(Site site) {
    this.site = site;
  }

  @ParameterizedTest
  @CsvSource({
    "/chat, X-Session-ID, 400",
    "/chat, X-Request-ID, 200",
    "/chat, X-API-Key, 200",
    "/chat, Authorization, 200",
    "/chat, Accept, 200",
    "/chat, Cookie, 200",
    "/chat, X-Forwarded-For, 200",
    "/chat, User-Agent, 200",
    "/v1/chat/completions, Cache-Control, 200",
    "/v1/chat/completions, Content-Encoding, 415",
    "/api/conversations/odd/turns, Idempotency-Key, 400",
    "/api/conversations/odd/turns, Last-Event-ID, 200",
    "/api/conversations/odd/turns?%01%C3%A4=1, User-Agent, 200",
  })
  void areTakenOrRefusedByWhoReadsThem(String path, String name, int status) {
    String body = path.startsWith("/api") ? "{\"message\":\"hi\"}" : MESSAGE;
    try (Wire wire = site.connect()) {
      wire.post(path, body, name + ": " + ODD, "Connection: close");

      assertThat(wire.readAll()).startsWith("HTTP/1.1 " + status);
    }
  }

  @ParameterizedTest
  @CsvSource({"/api/turns/none/events, Last-Event-ID, 404", "/api/models, If-None-Match, 200"})
  void areTakenOrRefusedWhereThereIsNoBody(String path, String name, int status) {
    try (Wire wire = site.connect()) {
      String head = "GET " + path + " HTTP/1.1\nHost: x\nConnection: close\n" + name + ": " + ODD;

      assertThat(wire.send(head, "").readAll()).startsWith("HTTP/1.1 " + status);
    }
  }
}
