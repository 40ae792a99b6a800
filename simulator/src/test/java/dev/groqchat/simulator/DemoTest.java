package dev.groqchat.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class DemoTest {
  private Simulator simulator;

  @BeforeEach
  void start() {
    simulator = Simulator.start(SimulatorConfig.fast());
  }

  @AfterEach
  void close() {
    simulator.close();
  }

  private String content(String body) throws IOException {
    var json = new JsonMapper().readTree(Wired.post(simulator, body).body());
    return json.path("choices").path(0).path("message").path("content").asString();
  }

  @Test
  void theAnswerShowsWhatTheModelWasSent() throws IOException {
    String history =
        "{\"model\":\"openai/gpt-oss-120b\",\"messages\":[{\"role\":\"system\",\"content\":\"Be kind\"},{\"role\":\"user\",\"content\":\"My name is Ada.\"},{\"role\":\"assistant\",\"content\":\"Hello\"},{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"What is my name?\"}]}]}";
    assertThat(content(history))
        .startsWith("Your name is **Ada**.")
        .contains(
            "> What is my name?",
            "**4 messages**",
            "Before that you asked: \"My name is Ada.\"",
            "simulator");
    assertThat(content(Wired.chat("Hello", "")))
        .contains("**1 message**")
        .doesNotContain("Before that", "Your name");
    assertThat(content(Wired.chat("who am I", ""))).doesNotContain("Your name");
  }

  @Test
  void longQuestionsAreShortenedBetweenCharacters() throws IOException {
    assertThat(content(Wired.chat("😀".repeat(300), ""))).contains("> " + "😀".repeat(200) + "…\n");
  }

  @Test
  void aLongAnswerIsToBeHadForTheAsking() throws IOException {
    assertThat(content(Wired.chat("Tell me a story", ""))).contains("A queue is honest");
  }

  @Test
  void gptOssThinksFirstUnlessTold() throws IOException {
    assertThat(Wired.post(simulator, Wired.chat("Hello")).body())
        .contains("\"channel\":\"analysis\"");
    assertThat(
            Wired.post(
                    simulator, Wired.chat("Hello", "\"stream\":true,\"include_reasoning\":false"))
                .body())
        .doesNotContain("analysis");
    assertThat(
            Wired.post(
                    simulator,
                    Wired.chat("Hello", "\"stream\":true,\"reasoning_format\":\"hidden\""))
                .body())
        .doesNotContain("analysis");
  }

  @Test
  void jsonIsAnsweredWithJson() throws IOException {
    String json =
        content(Wired.chat("in json \"please\"", "\"response_format\":{\"type\":\"json_object\"}"));
    assertThat(new JsonMapper().readTree(json).path("question").asString())
        .isEqualTo("in json \"please\"");
  }

  @Test
  void aMessageCanScriptItsOwnAnswer() throws IOException {
    assertThat(content(Wired.chat("/sim tokens=3", ""))).isEqualTo("1 2 3");
    assertThat(content(Wired.chat("/sim rate=0\nHello there", ""))).contains("> Hello there");
    var bad = Wired.post(simulator, Wired.chat("/sim tokens=lots", ""));
    assertThat(bad.status()).isEqualTo(400);
    assertThat(bad.body())
        .isEqualTo(
            "{\"error\":{\"message\":\"simulator option 'tokens': needs a whole number, not 'lots'\",\"type\":\"invalid_request_error\"}}\n");
  }

  @Test
  void codeComesBeforeTheHeaderAndTheHeaderBeforeTheMessage() throws IOException {
    String message = Wired.chat("/sim text=message", "");
    simulator.script(Script.saying("queue"));
    simulator.scriptEach(request -> java.util.Optional.of(Script.saying("rule")));
    assertThat(Wired.post(simulator, message, "X-Simulator: text=header").body())
        .contains("\"queue\"");
    assertThat(Wired.post(simulator, message, "X-Simulator: text=header").body())
        .contains("\"rule\"");
    simulator.reset();
    assertThat(Wired.post(simulator, message, "X-Simulator: text=header").body())
        .contains("\"header\"");
    assertThat(Wired.post(simulator, message).body()).contains("\"message\"");
    assertThat(Wired.get(simulator, "/openai/v1/models", "X-Simulator: error=503").status())
        .isEqualTo(503);
  }

  @Test
  void theProgramIsSetUpByItsSettings() {
    var config =
        SimulatorMain.config(
            Map.of(
                "PORT",
                ":8123",
                "SIM_RATE",
                "50",
                "SIM_FIRST",
                "2s",
                "SIM_PLAN",
                "free",
                "SIM_MODELS",
                "a/b,c",
                "SIM_API_KEY",
                "k",
                "SIM_HOST",
                "0.0.0.0"));
    assertThat(config.port()).isEqualTo(8123);
    assertThat(config.host()).isEqualTo("0.0.0.0");
    assertThat(config.tokensPerSecond()).isEqualTo(50);
    assertThat(config.firstToken()).isEqualTo(Duration.ofSeconds(2));
    assertThat(config.plan()).isEqualTo(Plan.free());
    assertThat(config.moreModels()).containsExactly("a/b", "c");
    assertThat(config.apiKey()).contains("k");
    assertThat(SimulatorMain.config(Map.of()))
        .isEqualTo(SimulatorConfig.defaults().withAddress("127.0.0.1", 8089));
  }

  @Test
  void theProgramNamesAnArgumentItCannotRead() {
    assertThatThrownBy(() -> SimulatorMain.main("what")).hasMessageContaining("'what'");
  }

  @Test
  void configurationRefusesToBeWrong() {
    var config = SimulatorConfig.defaults();
    assertThat(config.tokensPerSecond()).isEqualTo(120);
    assertThat(config.firstToken()).isEqualTo(Duration.ofMillis(150));
    assertThat(config.plan()).isEqualTo(Plan.developer());
    assertThatThrownBy(() -> config.withAddress("127.0.0.1", -1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> config.withPace(-1, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> config.withPace(1, Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> config.withBounds(0, 1, 1, Duration.ofDays(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> config.withBounds(1, 1, 1, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
