package dev.groqchat.adapters.web.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.adapters.web.Answer;
import dev.groqchat.adapters.web.OverHttp;
import dev.groqchat.adapters.web.Site;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The models, and what becomes of slashes in their ids. */
@OverHttp
class ModelsTest {
  private static final String MODEL =
      "{\"id\":\"openai/gpt-oss-120b\",\"object\":\"model\",\"created\":0,\"owned_by\":\"nobody\","
          + "\"active\":true,\"context_window\":131072,\"max_completion_tokens\":131072}";

  private final Site site;

  ModelsTest(Site site) {
    this.site = site;
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/models", "/openai/v1/models"})
  void areListedWithTheDefaultFirst(String path) {
    Answer answer = site.get(path, "Accept: text/event-stream");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.body()).startsWith("{\"object\":\"list\",\"data\":[" + MODEL + ",{");
    assertThat(answer.cookies()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/models/openai%2Fgpt-oss-120b",
        "/openai/v1/models/openai%2Fgpt-oss-120b",
        "/openai/v1/models/openai%2fgpt-oss-120b",
        "/openai/v1/models/openai/gpt-oss-120b",
        "/v1/models/openai/gpt%2Doss-120b",
      })
  void oneIsFoundByItsIdHoweverItsSlashIsWritten(String path) {
    assertThat(site.get(path).body()).isEqualTo(MODEL);
  }

  @ParameterizedTest
  @CsvSource({
    "nobody%2Fnothing, nobody/nothing",
    "nothing, nothing",
    "openai%252Fgpt-oss-120b, openai%2Fgpt-oss-120b",
    "..%2F..%2Fapi%2Fmodels, ../../api/models",
  })
  void anUnknownOneIsNotFound(String asked, String id) {
    Answer answer = site.get("/v1/models/" + asked);

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.json().at("/error/code").stringValue()).isEqualTo("model_not_found");
    assertThat(answer.json().at("/error/message").stringValue()).contains("`" + id + "`");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/conversations/a%2Fb",
        "/api/models%2Fx",
        "/chat%2Fx",
        "/v1%2Fmodels",
        "/v1/chat%2Fcompletions",
        "/swagger-ui%2Findex.html",
        "/web%2f..%2fapplication.yml",
        "/v1/models/../../api%2Fmodels",
        "/v1/models/..;/..;/api%2Fmodels",
      })
  void anEncodedSlashElsewhereIsRefusedAsBefore(String path) {
    try (var wire = site.connect()) {
      assertThat(wire.send("GET " + path + " HTTP/1.1\nHost: x\nConnection: close", "").readAll())
          .startsWith("HTTP/1.1 400")
          .contains("application/");
    }
  }

  @Test
  void anEncodedBackslashIsRefusedHereToo() {
    assertThat(site.get("/v1/models/openai%5Cgpt-oss-120b").status()).isIn(400, 404);
  }

  @Test
  void headTellsWhetherThereIsOne() {
    assertThat(site.call("HEAD", "/v1/models").status()).isEqualTo(200);
    assertThat(site.call("HEAD", "/v1/models/openai%2Fgpt-oss-120b").status()).isEqualTo(200);
    assertThat(site.call("HEAD", "/v1/models/none").status()).isEqualTo(404);
  }
}
