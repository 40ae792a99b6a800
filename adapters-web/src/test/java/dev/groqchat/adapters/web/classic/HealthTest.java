package dev.groqchat.adapters.web.classic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.adapters.web.Answer;
import dev.groqchat.adapters.web.OverHttp;
import dev.groqchat.adapters.web.Site;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** GET /health, and the methods that every address has. */
@OverHttp
class HealthTest {
  private final Site site;

  HealthTest(Site site) {
    this.site = site;
  }

  @ParameterizedTest
  @ValueSource(strings = {"*/*", "application/json", "text/html", "text/event-stream"})
  void saysOkInJson(String accept) {
    Answer answer = site.get("/health", "Accept: " + accept);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.json().propertyNames()).containsExactly("status", "timestamp");
    assertThat(answer.json().get("status").stringValue()).isEqualTo("ok");
    assertThat(Instant.parse(answer.json().get("timestamp").stringValue()))
        .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
  }

  @Test
  void saysOkInPlainText() {
    Answer answer = site.get("/health", "Accept: text/plain");

    assertThat(answer.body()).isEqualTo("OK");
    assertThat(answer.header("Content-Type")).startsWith("text/plain");
  }

  @Test
  void hasAHead() {
    Answer answer = site.call("HEAD", "/health");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void optionsTellWhatThereIs() {
    assertThat(allowed("/chat")).containsExactlyInAnyOrder("POST", "OPTIONS");
    assertThat(allowed("/history")).containsExactlyInAnyOrder("GET", "HEAD", "DELETE", "OPTIONS");
    assertThat(site.call("OPTIONS", "/nothing").status()).isEqualTo(404);
  }

  /** In an order that Spring does not promise. */
  private List<String> allowed(String path) {
    return List.of(String.valueOf(site.call("OPTIONS", path).header("Allow")).split(",", -1));
  }
}
