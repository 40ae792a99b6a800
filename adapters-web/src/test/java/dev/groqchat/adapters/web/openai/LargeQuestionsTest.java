package dev.groqchat.adapters.web.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.adapters.web.Answer;
import dev.groqchat.adapters.web.OverHttp;
import dev.groqchat.adapters.web.ScriptedRelays;
import dev.groqchat.adapters.web.Site;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Bodies of 20 MiB, as images make them, and bodies over it. */
@OverHttp
class LargeQuestionsTest {
  private static final int LIMIT = 20 * 1024 * 1024;

  private final Site site;
  private final ScriptedRelays relays;

  LargeQuestionsTest(Site site, ScriptedRelays relays) {
    this.site = site;
    this.relays = relays;
  }

  private static String body(String message, int length) {
    String begin =
        "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\""
            + message
            + "\"},{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,";
    String end = "\"}}]}]}";
    return begin + "x".repeat(length - begin.length() - end.length()) + end;
  }

  @Test
  void theLimitItselfIsPassedOn() {
    String message = site.name("message");
    relays.answers(message).says("{}");
    String body = body(message, LIMIT);

    assertThat(site.post(Completions.PATH, body).body()).isEqualTo("{}");

    assertThat(relays.asked(message).question().words().equals(body)).isTrue();
    assertThat(relays.asked(message).question().readable()).hasSizeLessThan(10_000);
  }

  @Test
  void moreIsRefusedByItsAnnouncedLength() {
    try (var wire = site.connect()) {
      String head =
          "POST /v1/chat/completions HTTP/1.1\nHost: x\nContent-Type: application/json\nConnection: close\nContent-Length: "
              + (LIMIT + 1);

      assertThat(wire.send(head, "").readTo("\"code\":\"body_too_large\""))
          .startsWith("HTTP/1.1 413")
          .contains("{\"error\":{\"message\":\"the body is over the limit of 20971520 bytes\"");
    }
  }

  @Test
  void moreIsRefusedOnceItHasCome() {
    byte[] body = body(site.name("message"), LIMIT + 1).getBytes(StandardCharsets.UTF_8);

    Answer answer =
        Site.send(
            site.request(Completions.PATH, "Content-Type: application/json")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));

    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.json().at("/error/code").stringValue()).isEqualTo("body_too_large");
  }

  @Test
  void otherSurfacesKeepTheirLimit() {
    try (var wire = site.connect()) {
      String head =
          "POST /chat HTTP/1.1\nHost: x\nContent-Type: application/json\nConnection: close\nContent-Length: "
              + (1024 * 1024 + 1);

      assertThat(wire.send(head, "").readTo("\"body_too_large\"")).startsWith("HTTP/1.1 413");
    }
  }
}
