package dev.groqchat.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The other provider's looks, which all below its path has. */
class OpenRouterTest {
  private final Simulator simulator = Simulator.start(SimulatorConfig.fast());
  private final JsonMapper json = new JsonMapper();

  @AfterEach
  void close() {
    simulator.close();
  }

  private Wired.Response post(Script script) throws IOException {
    simulator.script(script);
    String body = Wired.chat("Hi");
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    try (var client = new Wired(simulator.baseUrl())) {
      return client
          .sendRaw(
              "POST /api/v1/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer key\r\n"
                  + "Content-Length: "
                  + length
                  + "\r\n\r\n"
                  + body)
          .response();
    }
  }

  @Test
  void streamsInItsWay() throws IOException {
    var response = post(Script.saying("yes").thinking("hm"));
    assertThat(response.head()).doesNotContain("x-ratelimit");
    assertThat(response.body()).startsWith(": OPENROUTER PROCESSING\n\n").doesNotContain("x_groq");
    var data = response.data();
    assertThat(data.getLast()).isEqualTo("[DONE]");
    var chunks = data.subList(0, data.size() - 1).stream().map(json::readTree).toList();
    assertThat(chunks)
        .allSatisfy(chunk -> {
          assertThat(chunk.path("id").asString()).startsWith("gen-");
          assertThat(chunk.path("provider").asString()).isEqualTo("Groq");
          assertThat(chunk.at("/choices/0/delta/role").asString()).isEqualTo("assistant");
          assertThat(chunk.at("/choices/0").has("native_finish_reason")).isTrue();
        });
    assertThat(chunks)
        .extracting(it -> it.at("/choices/0/delta/reasoning").asString(""))
        .contains("hm");
    assertThat(chunks)
        .extracting(it -> it.at("/choices/0/delta/content").asString(""))
        .contains("yes");
    JsonNode usage = chunks.getLast();
    assertThat(usage.at("/usage/completion_tokens").asInt()).isEqualTo(2);
    assertThat(usage.at("/choices/0/finish_reason").isNull()).isTrue();
    assertThat(chunks.get(chunks.size() - 2).at("/choices/0/finish_reason").asString())
        .isEqualTo("stop");
  }

  @Test
  void itsErrorsHaveNumbersForCodes() throws IOException {
    for (String kind : List.of("400", "401", "402", "404", "408", "429", "503")) {
      var response = post(Script.of("error=" + kind));
      JsonNode error = json.readTree(response.body()).path("error");
      assertThat(response.status()).isEqualTo(Integer.parseInt(kind));
      assertThat(error.path("code").asInt()).isEqualTo(response.status());
      assertThat(error.path("message").asString()).isNotBlank();
      assertThat(error.has("type")).isFalse();
    }
    assertThat(post(Script.of("error=429 retry-after=7s")).header("retry-after")).isEqualTo("7");
    assertThat(post(Script.of("error=502")).body()).contains("<html");
  }

  @Test
  void itsModelsAreFoundThere() throws IOException {
    var models = Wired.get(simulator, "/api/v1/models", "Authorization: Bearer key");
    assertThat(models.body()).contains("openai/gpt-oss-20b");
    assertThat(Wired.get(simulator, "/api/v2/models", "Authorization: Bearer key").status())
        .isEqualTo(404);
  }

  @Test
  void countsWhatItHasAnswered() throws Exception {
    for (int i = 0; i < 3; i++) post(Script.of("error=429"));
    post(Script.saying("yes"));
    simulator.awaitIdle(Duration.ofSeconds(20));
    assertThat(simulator.answered(429)).isEqualTo(3);
    assertThat(simulator.answered(200)).isOne();
    simulator.reset();
    assertThat(simulator.answered(429)).isZero();
  }
}
