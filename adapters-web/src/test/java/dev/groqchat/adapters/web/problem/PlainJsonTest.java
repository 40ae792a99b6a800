package dev.groqchat.adapters.web.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.adapters.web.Answer;
import dev.groqchat.adapters.web.OverHttp;
import dev.groqchat.adapters.web.Site;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JSON is UTF-8, whatever a client says that it is. */
@OverHttp
class PlainJsonTest {
  private final Site site;

  PlainJsonTest(Site site) {
    this.site = site;
  }

  private Answer post(String title, Charset charset, String type) {
    return Site.send(
        site.request("/api/conversations", "Content-Type: " + type)
            .POST(BodyPublishers.ofByteArray(("{\"title\":\"" + title + "\"}").getBytes(charset))));
  }

  @ParameterizedTest
  @CsvSource({
    "UTF-16, application/json",
    "UTF-16LE, application/json",
    "UTF-16BE, application/json;charset=utf-16be",
    "ISO-8859-1, application/json;charset=iso-8859-1",
    "ISO-8859-1, application/json",
  })
  void anotherEncodingIsRefused(String charset, String type) {
    Answer refused = post("\u00e4", Charset.forName(charset), type);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().get("detail").stringValue()).isEqualTo("the body is not valid UTF-8");
  }

  @ParameterizedTest
  @CsvSource({"\u00e4", "\ud83d\ude00", "\ufffd"})
  void whatIsUtf8IsTaken(String title) {
    Answer created = post(title, StandardCharsets.UTF_8, "application/json");

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.json().get("title").stringValue()).isEqualTo(title);
  }
}
