package dev.groqchat.adapters.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.adapters.web.Answer;
import dev.groqchat.adapters.web.OverHttp;
import dev.groqchat.adapters.web.Site;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies of one MiB, and bodies over it. */
@OverHttp
class BodyLimitTest {
  private static final int LIMIT = 1024 * 1024;

  private final Site site;

  BodyLimitTest(Site site) {
    this.site = site;
  }

  /** A body of some bytes that asks for one JSON answer. */
  private static byte[] body(int length) {
    String begin =
        "{\"stream\":false,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"x\":\"";
    String end = "\"}";
    return (begin + "x".repeat(length - begin.length() - end.length()) + end)
        .getBytes(StandardCharsets.UTF_8);
  }

  private Answer announced(String path, int length) {
    return Site.send(
        site.request(path, "Content-Type: application/json", "X-Session-ID: mine")
            .POST(BodyPublishers.ofByteArray(body(length))));
  }

  private Answer chunked(String path, int length) {
    return Site.send(
        site.request(path, "Content-Type: application/json", "X-Session-ID: mine")
            .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body(length)))));
  }

  @Test
  void theLimitItselfIsTaken() {
    assertThat(announced("/chat", LIMIT).body()).isEqualTo("{\"response\":\"re: hi\"}");
    assertThat(chunked("/chat", LIMIT).body()).isEqualTo("{\"response\":\"re: hi\"}");
  }

  @ParameterizedTest
  @ValueSource(ints = {LIMIT + 1, 8 * LIMIT})
  void moreIsRefused(int length) {
    assertRefused(announced("/chat", length));
    assertRefused(chunked("/chat", length));
  }

  private static void assertRefused(Answer answer) {
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.json().get("error").stringValue())
        .isEqualTo("the body is over the limit of 1048576 bytes");
    assertThat(answer.json().get("error_type").stringValue()).isEqualTo("body_too_large");
    assertThat(answer.header("X-Session-ID")).isEqualTo("mine");
    assertThat(answer.header("X-Request-ID")).isNotEmpty();
  }

  @Test
  void moreIsRefusedInTheNativeApisWords() {
    Answer announced = announced("/api/conversations/a/turns", LIMIT + 1);
    Answer chunked = chunked("/api/conversations/a/turns", LIMIT + 1);

    assertThat(announced.status()).isEqualTo(413);
    assertThat(announced.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(chunked.status()).isEqualTo(413);
    assertThat(chunked.header("Content-Type")).isEqualTo("application/problem+json");
  }

  @Test
  void aPromptsRefusalIsATypedEventIfTheQuerySaysSo() {
    assertThat(announced("/chat?format=events", LIMIT + 1).body())
        .startsWith("data: {\"type\":\"error\",");
  }
}
