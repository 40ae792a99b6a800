package dev.groqchat.adapters.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.adapters.web.Answer;
import dev.groqchat.adapters.web.Site;
import dev.groqchat.adapters.web.TestService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.TestConstructor;

/** Whose pages may ask. */
@SpringBootTest(
    classes = TestService.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = "groqchat.web.allowed-origins=https://chat.example")
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class CrossOriginTest {
  private static final String BODY = "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

  private final Site site;

  CrossOriginTest(Site site) {
    this.site = site;
  }

  @Test
  void aListedPageMaySendWhatItsClientsSendAndReadWhatTheyRead() {
    Answer preflight =
        site.call(
            "OPTIONS",
            "/chat",
            "Origin: https://chat.example",
            "Access-Control-Request-Method: POST",
            "Access-Control-Request-Headers: authorization, x-api-key, x-session-id, x-request-id,"
                + " idempotency-key, last-event-id, content-type");

    assertThat(preflight.status()).isEqualTo(200);
    assertThat(preflight.header("Access-Control-Allow-Origin")).isEqualTo("https://chat.example");
    assertThat(preflight.header("Access-Control-Allow-Credentials")).isEqualTo("true");
    assertThat(preflight.header("Access-Control-Allow-Methods")).contains("POST", "PATCH");
    assertThat(preflight.header("Access-Control-Allow-Headers"))
        .contains("authorization", "x-api-key", "x-session-id", "x-request-id")
        .contains("idempotency-key", "last-event-id");

    Answer answer = site.post("/chat", BODY, "Origin: https://chat.example");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Access-Control-Expose-Headers"))
        .contains("X-Session-ID", "X-Request-ID", "Retry-After", "X-Cache")
        .contains("x-should-retry", "x-ratelimit-limit-requests")
        .contains("x-ratelimit-remaining-requests", "x-ratelimit-reset-requests");
    assertThat(answer.headers().allValues("Vary")).contains("Origin");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example", "null", "http://chat.example", "nonsense"})
  void anyOtherPageIsRefusedBeforeAnythingIsDone(String origin) {
    Answer answer =
        site.post(
            "/api/conversations", "{\"id\":\"forged\"}", "Origin: " + origin, "X-Request-ID: r1");

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    assertThat(answer.body()).contains("origin-refused").doesNotContain(origin);
    assertThat(answer.headers().allValues("Access-Control-Allow-Origin")).isEmpty();
    assertThat(site.call("GET", "/api/conversations/forged").status()).isEqualTo(404);
  }

  @Test
  void aPreflightOfAnotherPageIsRefused() {
    assertThat(
            site.call(
                    "OPTIONS",
                    "/chat",
                    "Origin: https://evil.example",
                    "Access-Control-Request-Method: POST")
                .status())
        .isEqualTo(403);
  }

  @Test
  void ourOwnPageMayAskBehindAProxyThatDoesTls() {
    Answer answer = site.post("/chat", BODY, "Origin: https://" + site.authority());

    assertThat(answer.status()).isEqualTo(200);
  }
}
