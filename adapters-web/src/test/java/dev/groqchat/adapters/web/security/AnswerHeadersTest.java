package dev.groqchat.adapters.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.adapters.web.Answer;
import dev.groqchat.adapters.web.OverHttp;
import dev.groqchat.adapters.web.Site;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What browsers are told with every answer. */
@OverHttp
class AnswerHeadersTest {
  private static final String CHAT = "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

  private final Site site;

  AnswerHeadersTest(Site site) {
    this.site = site;
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /",
    "GET, /web",
    "GET, /page/js/app.js",
    "GET, /openai/v1/models",
    "GET, /health",
    "GET, /api/models",
    "GET, /api/conversations/none",
    "GET, /nothing",
    "DELETE, /chat",
    "OPTIONS, /chat",
    "GET, /swagger-ui/index.html",
    "GET, /v3/api-docs",
    "GET, /api/..;/x",
    "GET, /ws"
  })
  void areOnEveryAnswerOnce(String method, String path) {
    Answer answer = site.call(method, path);

    assertThat(answer.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
    assertThat(answer.headers().allValues("X-Frame-Options")).containsExactly("DENY");
    assertThat(answer.headers().allValues("X-XSS-Protection")).containsExactly("0");
    assertThat(answer.headers().allValues("Strict-Transport-Security"))
        .containsExactly("max-age=31536000");
    assertThat(answer.headers().allValues("Referrer-Policy")).containsExactly("no-referrer");
    assertThat(answer.headers().allValues("Permissions-Policy")).hasSize(1);
    assertThat(answer.headers().allValues("Content-Security-Policy"))
        .singleElement()
        .asString()
        .contains("default-src 'none'", "frame-ancestors 'none'")
        .doesNotContain("script-src 'unsafe");
  }

  @Test
  void areOnStreams() {
    assertThat(site.post("/chat", CHAT).headers().allValues("X-Content-Type-Options"))
        .containsExactly("nosniff");
  }
}
