package dev.groqchat.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class ErrorsTest {
  private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]";

  private Simulator simulator;

  @BeforeEach
  void start() {
    simulator = Simulator.start(SimulatorConfig.fast().withPlan(Plan.free()));
  }

  @AfterEach
  void close() {
    simulator.close();
  }

  @Test
  void aWrongOrMissingKeyIsRefusedAsRecorded() throws IOException {
    for (String header :
        new String[] {
          "Authorization: Bearer invalid",
          "Authorization: Bearer ",
          "Authorization: Basic x",
          "X: y"
        }) {
      var response = Wired.get(simulator, "/openai/v1/models", header);
      assertThat(response.status()).isEqualTo(401);
      assertThat(response.body())
          .isEqualTo(
              "{\"error\":{\"message\":\"Invalid API Key\",\"type\":\"invalid_request_error\",\"code\":\"invalid_api_key\"}}\n");
      assertThat(response.head()).doesNotContain("ratelimit");
    }
  }

  @Test
  void onlyTheConfiguredKeyIsAccepted() throws IOException {
    try (var guarded = Simulator.start(SimulatorConfig.fast().withApiKey("gsk_1"))) {
      assertThat(Wired.get(guarded, "/openai/v1/models", "Authorization: bearer gsk_1").status())
          .isEqualTo(200);
      assertThat(Wired.post(guarded, Wired.chat("x")).status()).isEqualTo(401);
    }
  }

  @Test
  void whatIsUnknownIsNotFound() throws IOException {
    String unknown =
        "{\"error\":{\"message\":\"The model `non-existent` does not exist or you do not have access to it.\",\"type\":\"invalid_request_error\",\"code\":\"model_not_found\"}}\n";
    assertThat(Wired.post(simulator, "{\"model\":\"non-existent\"," + MESSAGES + "}").body())
        .isEqualTo(unknown);
    var model = Wired.get(simulator, "/openai/v1/models/non-existent", "Authorization: Bearer key");
    assertThat(model.status()).isEqualTo(404);
    assertThat(model.body()).isEqualTo(unknown);
    assertThat(Wired.get(simulator, "/openai/v1/models/%zz", "Authorization: Bearer key").status())
        .isEqualTo(404);
    assertThat(Wired.get(simulator, "/openai/v1/v1/chat/completions").body())
        .isEqualTo(
            "{\"error\":{\"message\":\"Unknown request URL: GET /openai/v1/v1/chat/completions. Please check the URL for typos, or see the docs at https://console.groq.com/docs/\",\"type\":\"invalid_request_error\",\"code\":\"unknown_url\"}}\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "not json | must be a JSON object",
        "[] | must be a JSON object",
        "{\"messages\":[]} | property 'model' is missing",
        "{\"model\":\"m\"} | property 'messages' is missing",
        "{\"model\":\"m\",\"messages\":{}} | 'messages' : value must be an array",
        "{\"model\":\"m\",\"messages\":[]} | 'messages' : minimum number of items is 1",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"king\",\"content\":\"x\"}]} | 'messages.0' : discriminator property 'role' has invalid value",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\"}]} | property 'content' is missing",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\",\"name\":\"y\"}]} | property 'name' is unsupported)]",
      })
  void aMalformedRequestIsRefused(String body, String message) throws IOException {
    var response = Wired.post(simulator, body);
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body())
        .contains(message)
        .contains("\"type\":\"invalid_request_error\"}}\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"store\":true | property 'store' is unsupported, did you mean 'stop'?",
        "\"metadata\":{} | property 'metadata' is unsupported\"",
        "\"n\":2 | 'n' : number must be at most 1",
        "\"n\":0 | 'n' : number must be at least 1",
        "\"logprobs\":true | logprobs",
        "\"top_logprobs\":1 | top_logprobs",
        "\"logit_bias\":{} | logit_bias",
        "\"max_tokens\":0 | 'max_tokens' : number must be at least 1",
        "\"max_tokens\":70000 | must be less than or equal to `65536`",
        "\"temperature\":3 | 'temperature' : number must be at most 2",
        "\"temperature\":-1 | 'temperature' : number must be at least 0",
        "\"stop\":[\"a\",\"b\",\"c\",\"d\",\"e\"] | 'stop' : maximum number of items is 4",
        "\"include_reasoning\":true,\"reasoning_format\":\"parsed\" | cannot specify both",
        "\"response_format\":{\"type\":\"json_object\"} | must contain the word 'json'",
      })
  void anOptionTheProviderDoesNotKnowIsRefused(String option, String message) throws IOException {
    var response = Wired.post(simulator, Wired.chat("x", option));
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body()).contains(message);
    assertThat(response.header("x-ratelimit-limit-tokens")).isEqualTo("8000");
  }

  @Test
  void aMessageIsCheckedByItsRole() throws IOException {
    String body =
        "{\"model\":\"openai/gpt-oss-20b\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"},{\"role\":\"assistant\",\"content\":\"y\",\"reasoning_content\":\"z\"}]}";
    assertThat(Wired.post(simulator, body).body())
        .isEqualTo(
            "{\"error\":{\"message\":\"'messages.1' : for 'role:assistant' the following must be satisfied[('messages.1' : property 'reasoning_content' is unsupported)]\",\"type\":\"invalid_request_error\"}}\n");
  }

  @Test
  void optionsThatAskForNothingPass() throws IOException {
    assertThat(
            Wired.post(
                    simulator,
                    Wired.chat(
                        "x", "\"logprobs\":false,\"logit_bias\":null,\"n\":1,\"max_tokens\":10"))
                .status())
        .isEqualTo(200);
  }

  @Test
  void aPromptLongerThanTheWindowIsRefused() throws IOException {
    try (var roomy = Simulator.start(SimulatorConfig.fast().withPlan(Plan.unlimited()))) {
      var response = Wired.post(roomy, Wired.chat("a ".repeat(131_072), ""));
      assertThat(response.status()).isEqualTo(400);
      assertThat(response.body()).contains("\"code\":\"context_length_exceeded\"");
    }
  }

  @Test
  void anImageOfTwentyMebibytesIsRead() throws IOException {
    try (var roomy = Simulator.start(SimulatorConfig.fast())) {
      String image =
          "{\"model\":\"qwen/qwen3.8-27b\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"/sim text=seen\"},{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:"
              + "A".repeat(20 * 1024 * 1024)
              + "\"}}]}]}";
      assertThat(Wired.post(roomy, image).body()).contains("\"seen\"");
    }
  }

  @Test
  void overTheLimitIs429WithRetryAfter() throws IOException {
    var clock = new FakeClock();
    try (var small =
        Simulator.start(SimulatorConfig.fast().withPlan(Plan.free()).withClock(clock))) {
      var first = Wired.post(small, Wired.chat("x", "\"max_tokens\":6567"));
      assertThat(first.header("x-ratelimit-remaining-tokens")).isEqualTo("1428");
      assertThat(first.header("x-ratelimit-reset-tokens")).isEqualTo("49.29s");
      var response = Wired.post(small, Wired.chat("x", "\"max_tokens\":2721"));
      assertThat(response.status()).isEqualTo(429);
      assertThat(response.header("retry-after")).isEqualTo("10");
      assertThat(response.header("x-ratelimit-remaining-tokens")).isEqualTo("1428");
      assertThat(response.body())
          .matches(
              "\\{\"error\":\\{\"message\":\"Rate limit reached for model `openai/gpt-oss-20b` in organization `org_01[a-z]+` service tier `on_demand` on tokens per minute \\(TPM\\): Limit 8000, Used 6572, Requested 2726\\. Please try again in 9\\.735s\\. Need more tokens\\? .*billing\",\"type\":\"tokens\",\"code\":\"rate_limit_exceeded\"}}\n");
      var large = Wired.post(small, Wired.chat("x", "\"max_tokens\":8272"));
      assertThat(large.status()).isEqualTo(413);
      assertThat(large.header("retry-after")).isEmpty();
      assertThat(large.body())
          .contains("Limit 8000, Requested 8277, please reduce your message size and try again.");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, 400, ",
    "400-context, 400, context_length_exceeded",
    "400-decommissioned, 400, model_decommissioned",
    "400-tool, 400, tool_use_failed",
    "400-json, 400, json_validate_failed",
    "401, 401, invalid_api_key",
    "402, 402, ",
    "403, 403, ",
    "404, 404, model_not_found",
    "408, 408, ",
    "413, 413, rate_limit_exceeded",
    "429, 429, rate_limit_exceeded",
    "429-openrouter, 429, ",
    "498, 498, capacity_exceeded",
    "500, 500, ",
    "503, 503, "
  })
  void everyErrorCanBeAskedFor(String kind, int status, String code) throws IOException {
    var response = Wired.post(simulator, Wired.chat("x"), "X-Simulator: error=" + kind);
    assertThat(response.status()).isEqualTo(status);
    assertThat(response.header("Content-Type")).isEqualTo("application/json");
    var error = new JsonMapper().readTree(response.body()).path("error");
    assertThat(error.path("message").asString()).isNotBlank();
    assertThat(error.has("param")).isFalse();
    if (code != null) assertThat(error.path("code").asString()).isEqualTo(code);
    assertThat(response.header("retry-after").isEmpty()).isEqualTo(!kind.equals("429"));
  }

  @Test
  void openRoutersErrorsHaveANumberForACode() throws IOException {
    var error =
        new JsonMapper().readTree(Wired.post(simulator, Wired.chat("/sim error=402")).body());
    assertThat(error.path("error").path("code").asInt()).isEqualTo(402);
    assertThat(error.path("error").path("metadata").path("provider_name").asString())
        .isEqualTo("Groq");
    assertThat(error.path("error").has("type")).isFalse();
  }

  @Test
  void overCapacityNamesTheModel() throws IOException {
    assertThat(Wired.post(simulator, Wired.chat("/sim error=503")).body())
        .startsWith(
            "{\"error\":{\"message\":\"openai/gpt-oss-20b is currently over capacity. Please try again and back off exponentially.");
  }

  @Test
  void theWaitOfA429CanBeChosen() throws IOException {
    var response = Wired.post(simulator, Wired.chat("/sim error=429 retry-after=2500ms"));
    assertThat(response.header("retry-after")).isEqualTo("3");
    assertThat(response.header("x-ratelimit-limit-tokens")).isEqualTo("8000");
    assertThat(response.body()).contains("Please try again in 2.5s.");
  }

  @Test
  void theEdgeAnswersWithPagesAndPlainText() throws IOException {
    for (int status : new int[] {502, 504}) {
      var page = Wired.post(simulator, Wired.chat("/sim error=" + status));
      assertThat(page.status()).isEqualTo(status);
      assertThat(page.header("Content-Type")).isEqualTo("text/html; charset=UTF-8");
      assertThat(page.body()).contains("<title>api.groq.com | " + status + ": ");
    }
    assertThat(Wired.post(simulator, Wired.chat("/sim error=403-text")).body())
        .isEqualTo("error code: 1010");
    assertThat(Wired.post(simulator, Wired.chat("/sim error=403-html")).body()).contains("<html");
    assertThat(Wired.post(simulator, Wired.chat("/sim error=403")).body())
        .isEqualTo(
            "{\"error\":{\"message\":\"Access denied. Please check your network settings.\"}}\n");
  }

  @Test
  void anErrorNobodyKnowsCannotBeScripted() {
    assertThatThrownBy(() -> new Fault.Refusal("777", Optional.empty()))
        .isInstanceOf(BadScript.class)
        .hasMessageContaining("503");
  }
}
