package dev.groqchat.adapters.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.adapters.web.Answer;
import dev.groqchat.adapters.web.OverHttp;
import dev.groqchat.adapters.web.Site;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@OverHttp
class RequestIdsTest {
  private final Site site;

  RequestIdsTest(Site site) {
    this.site = site;
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /health",
    "GET, /api/models",
    "GET, /nothing",
    "GET, /api/nothing",
    "GET, /chat",
    "DELETE, /history",
    "OPTIONS, /chat",
    "HEAD, /health",
    "POST, /api/conversations",
    "GET, /v3/api-docs",
    "GET, /error"
  })
  void areTakenOverOrMadeForEveryAnswer(String method, String path) {
    assertThat(site.call(method, path, "X-Request-ID: abc-1.2:3").header("X-Request-ID"))
        .isEqualTo("abc-1.2:3");
    assertThat(UUID.fromString(site.call(method, path).header("X-Request-ID")).version())
        .isEqualTo(4);
  }

  @Test
  void areThereOnStreamsToo() {
    Answer answer =
        site.post(
            "/chat",
            "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}",
            "X-Request-ID: stream");

    assertThat(answer.header("X-Request-ID")).isEqualTo("stream");
  }

  @Test
  void areCleaned() {
    assertThat(sent("a\tb \u00fc<c>")).isEqualTo("a_b__<c>");
  }

  @Test
  void withControlCharactersDoNotEvenGetHere() {
    assertThat(UUID.fromString(sent("a\u0001b")).version()).isEqualTo(4);
  }

  @Test
  void areCut() {
    assertThat(sent("x".repeat(200))).isEqualTo("x".repeat(128));
  }

  @Test
  void areMadeInsteadOfABlank() {
    assertThat(UUID.fromString(sent("  ")).version()).isEqualTo(4);
  }

  private String sent(String id) {
    try (var wire = site.connect()) {
      wire.send("GET /health HTTP/1.1\nHost: x\nConnection: close\nX-Request-ID: " + id, "");
      String head = wire.readHead();
      int begin = head.indexOf("X-Request-ID: ") + "X-Request-ID: ".length();
      return head.substring(begin, head.indexOf("\r\n", begin));
    }
  }
}
