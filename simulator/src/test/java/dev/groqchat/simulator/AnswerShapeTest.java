package dev.groqchat.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an answer looks like, to the byte; ids, times and seeds aside. */
class AnswerShapeTest {
  private static final String TOP =
      "data: {\"id\":\"ID\",\"object\":\"chat.completion.chunk\",\"created\":N,\"model\":\"openai/gpt-oss-20b\",\"system_fingerprint\":\"FP\",";
  private static final String USAGE = usage(2);
  private static final String FIRST =
      TOP
          + "\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"logprobs\":null,\"finish_reason\":null}],\"x_groq\":{\"id\":\"REQ\",\"seed\":N}}\n\n";

  private Simulator simulator;

  @BeforeEach
  void start() {
    simulator = Simulator.start(SimulatorConfig.fast());
  }

  @AfterEach
  void close() {
    simulator.close();
  }

  private static String normalised(String wire) {
    return wire.replaceAll(
            "chatcmpl-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", "ID")
        .replaceAll("fc_[0-9a-f-]{36}", "FC")
        .replaceAll("req_[0-9a-hjkmnp-tv-z]{26}", "REQ")
        .replaceAll("fp_[0-9a-f]{10}", "FP")
        .replaceAll("\"(created|seed)\":[0-9]+", "\"$1\":N")
        .replaceAll("\"([a-z]+_time)\":[0-9.]+", "\"$1\":T");
  }

  private static String usage(int tokens) {
    return "{\"queue_time\":T,\"prompt_tokens\":5,\"prompt_time\":T,\"completion_tokens\":"
        + tokens
        + ",\"completion_time\":T,\"total_tokens\":"
        + (5 + tokens)
        + ",\"total_time\":T}";
  }

  private static String delta(String delta) {
    return TOP
        + "\"choices\":[{\"index\":0,\"delta\":"
        + delta
        + ",\"logprobs\":null,\"finish_reason\":null}]}\n\n";
  }

  private static String finish(String reason, String usage) {
    return TOP
        + "\"choices\":[{\"index\":0,\"delta\":{},\"logprobs\":null,\"finish_reason\":\""
        + reason
        + "\"}],\"x_groq\":{\"id\":\"REQ\",\"usage\":"
        + usage
        + "},\"usage\":"
        + usage
        + "}\n\n";
  }

  @Test
  void aStreamIsOneTokenAFrameAndEndsWithDone() throws IOException {
    simulator.script(Script.saying("Hello World"));
    var response = Wired.post(simulator, Wired.chat("x"));
    assertThat(normalised(response.body()))
        .isEqualTo(
            FIRST
                + delta("{\"content\":\"Hello\"}")
                + delta("{\"content\":\" World\"}")
                + finish("stop", USAGE)
                + "data: [DONE]\n\n");
    assertThat(response.end()).isEqualTo(Wired.End.PROPER);
  }

  @Test
  void aStreamsHeadersAreTheRecordedOnes() throws IOException {
    var response = Wired.post(simulator, Wired.chat("x"));
    assertThat(response.head().replaceAll(": .*", ""))
        .isEqualTo(
            "HTTP/1.1 200 OK\r\nDate\r\nContent-Type\r\nx-request-id\r\nx-ratelimit-limit-requests\r\nx-ratelimit-limit-tokens\r\nx-ratelimit-remaining-requests\r\nx-ratelimit-remaining-tokens\r\nx-ratelimit-reset-requests\r\nx-ratelimit-reset-tokens\r\nCache-Control\r\nTransfer-Encoding\r\n\r\n");
    assertThat(response.header("Content-Type")).isEqualTo("text/event-stream");
    assertThat(response.header("Cache-Control")).isEqualTo("no-cache");
    assertThat(response.body())
        .contains("\"x_groq\":{\"id\":\"" + response.header("x-request-id") + "\"");
    assertThat(simulator.requests().getLast().id()).isEqualTo(response.header("x-request-id"));
  }

  @Test
  void theUsageFrameComesOnlyWhenAskedFor() throws IOException {
    simulator.script(Script.saying("Hello World"));
    var response =
        Wired.post(
            simulator,
            Wired.chat("x", "\"stream\":true,\"stream_options\":{\"include_usage\":true}"));
    assertThat(normalised(response.body()))
        .endsWith(
            finish("stop", USAGE)
                + TOP
                + "\"choices\":[],\"usage\":"
                + USAGE
                + ",\"service_tier\":\"on_demand\"}\n\n"
                + "data: [DONE]\n\n");
  }

  @Test
  void anAnswerThatIsNotStreamedIsOneObject() throws IOException {
    simulator.script(Script.saying("Hello <World"));
    var response = Wired.post(simulator, Wired.chat("x", ""));
    assertThat(normalised(response.body()))
        .isEqualTo(
            "{\"id\":\"ID\",\"object\":\"chat.completion\",\"created\":N,\"model\":\"openai/gpt-oss-20b\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Hello \\u003cWorld\"},\"logprobs\":null,\"finish_reason\":\"stop\"}],\"usage\":"
                + usage(Tokens.count("Hello <World"))
                + ",\"usage_breakdown\":null,\"system_fingerprint\":\"FP\",\"x_groq\":{\"id\":\"REQ\",\"seed\":N},\"service_tier\":\"on_demand\"}\n");
    assertThat(response.header("Content-Type")).isEqualTo("application/json");
    assertThat(response.header("x-ratelimit-remaining-tokens")).isNotEmpty();
  }

  @Test
  void gptOssThinksOnAChannelOfItsOwn() throws IOException {
    simulator.script(Script.saying("Hi").thinking("We"));
    assertThat(normalised(Wired.post(simulator, Wired.chat("x")).body()))
        .startsWith(
            FIRST
                + delta("{\"reasoning\":\"We\",\"channel\":\"analysis\"}")
                + delta("{\"content\":\"Hi\"}"))
        .contains("\"completion_tokens_details\":{\"reasoning_tokens\":1}}");
    simulator.script(Script.saying("Hi").thinking("We"));
    assertThat(Wired.post(simulator, Wired.chat("x", "")).body())
        .contains("\"message\":{\"role\":\"assistant\",\"content\":\"Hi\",\"reasoning\":\"We\"}");
  }

  @Test
  void qwenThinksAloudUnlessAskedToBeParsed() throws IOException {
    String qwen =
        Wired.chat("x", "\"stream\":false").replace("openai/gpt-oss-20b", "qwen/qwen3.8-27b");
    var script = Script.saying("Hi").thinking("We");
    simulator.scriptEach(request -> java.util.Optional.of(script));
    assertThat(Wired.post(simulator, qwen).body())
        .contains("\"content\":\"\\u003cthink\\u003e\\nWe\\n\\u003c/think\\u003e\\n\\nHi\"}");
    String parsed =
        qwen.replace("\"stream\":false", "\"stream\":true,\"reasoning_format\":\"parsed\"");
    assertThat(Wired.post(simulator, parsed).body()).contains("\"delta\":{\"reasoning\":\"We\"}");
    assertThat(Wired.post(simulator, parsed.replace("parsed", "hidden")).body())
        .doesNotContain("We");
    assertThat(Wired.post(simulator, Wired.chat("x", "\"include_reasoning\":false")).body())
        .doesNotContain("We");
  }

  @Test
  void aToolCallIsStreamedInOneFrame() throws IOException {
    simulator.script(Script.calling("add", "{\"a\":1}"));
    String tools =
        "\"stream\":true,\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"add\"}}]";
    assertThat(normalised(Wired.post(simulator, Wired.chat("x", tools)).body()))
        .startsWith(
            FIRST
                + delta(
                    "{\"tool_calls\":[{\"id\":\"FC\",\"type\":\"function\",\"function\":{\"name\":\"add\",\"arguments\":\"{\\\"a\\\":1}\"},\"index\":0}]}"))
        .contains("\"finish_reason\":\"tool_calls\"");
  }

  @Test
  void aToolCallThatIsNotStreamedHasNoContent() throws IOException {
    String tools =
        "\"tool_choice\":\"required\",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"find\",\"parameters\":{\"type\":\"object\",\"properties\":{\"q\":{\"type\":\"string\"},\"n\":{\"type\":\"integer\"},\"b\":{\"type\":\"boolean\"},\"l\":{\"type\":\"array\"},\"o\":{\"type\":\"object\"},\"e\":{\"enum\":[\"x\",\"y\"]}}}}}],\"include_reasoning\":false";
    assertThat(normalised(Wired.post(simulator, Wired.chat("x", tools)).body()))
        .contains(
            "\"message\":{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"FC\",\"type\":\"function\",\"function\":{\"name\":\"find\",\"arguments\":\"{\\\"q\\\":\\\"example\\\",\\\"n\\\":1,\\\"b\\\":true,\\\"l\\\":[],\\\"o\\\":{},\\\"e\\\":\\\"x\\\"}\"}}]}");
  }

  @Test
  void toolsAreCalledOnlyWhenWanted() throws IOException {
    String tools =
        "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a\"}},{\"type\":\"function\",\"function\":{\"name\":\"b\"}}]";
    assertThat(Wired.post(simulator, Wired.chat("hello", tools)).body())
        .contains("\"finish_reason\":\"stop\"");
    assertThat(Wired.post(simulator, Wired.chat("use a tool", tools)).body())
        .contains("\"name\":\"a\"");
    assertThat(
            Wired.post(simulator, Wired.chat("use a tool", tools + ",\"tool_choice\":\"none\""))
                .body())
        .contains("\"stop\"");
    String named = tools + ",\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"b\"}}";
    assertThat(Wired.post(simulator, Wired.chat("hello", named)).body()).contains("\"name\":\"b\"");
    String answered =
        "{\"model\":\"openai/gpt-oss-20b\",\"messages\":[{\"role\":\"user\",\"content\":\"use a tool\"},{\"role\":\"assistant\",\"content\":null},{\"role\":\"tool\",\"tool_call_id\":\"1\",\"content\":\"42 degrees\"}],"
            + tools
            + "}";
    assertThat(Wired.post(simulator, answered).body()).contains("The tool answered: 42 degrees");
  }

  @Test
  void maxTokensEndsTheAnswerWithLength() throws IOException {
    simulator.script(Script.counting(10));
    var response = Wired.post(simulator, Wired.chat("x", "\"max_tokens\":3"));
    assertThat(response.body())
        .contains(
            "\"content\":\"1 2 3\"", "\"finish_reason\":\"length\"", "\"completion_tokens\":3");
  }

  @Test
  void thinkingCanTakeTheWholeBudget() throws IOException {
    simulator.script(Script.of("tokens=10 reasoning=5"));
    var response = Wired.post(simulator, Wired.chat("x", "\"max_completion_tokens\":4"));
    assertThat(response.body())
        .contains("\"content\":\"\",\"reasoning\":\"1 2 3 4\"", "\"finish_reason\":\"length\"");
  }

  @Test
  void stopSequencesEndTheAnswer() throws IOException {
    simulator.script(Script.saying("one two END three"));
    assertThat(Wired.post(simulator, Wired.chat("x", "\"stop\":\"END\"")).body())
        .contains("\"content\":\"one two \"", "\"finish_reason\":\"stop\"");
    simulator.script(Script.saying("one two three"));
    assertThat(Wired.post(simulator, Wired.chat("x", "\"stop\":[\"three\",\" two\"]")).body())
        .contains("\"content\":\"one\"");
  }

  @Test
  void theFinishReasonAndTheServiceTierCanBeChosen() throws IOException {
    simulator.script(Script.of("text=hi finish=content_filter"));
    assertThat(Wired.post(simulator, Wired.chat("x", "\"service_tier\":\"flex\"")).body())
        .contains("\"finish_reason\":\"content_filter\"", "\"service_tier\":\"flex\"");
  }

  @Test
  void modelsAreListedAndShown() throws IOException {
    var list = Wired.get(simulator, "/openai/v1/models", "Authorization: Bearer key");
    assertThat(list.body())
        .startsWith(
            "{\"object\":\"list\",\"data\":[{\"id\":\"openai/gpt-oss-120b\",\"object\":\"model\",\"created\":1754408224,\"owned_by\":\"OpenAI\",\"active\":true,\"context_window\":131072,\"public_apps\":null,\"max_completion_tokens\":65536},")
        .contains("\"qwen/qwen3.8-27b\"");
    for (String id : new String[] {"openai/gpt-oss-20b", "openai%2Fgpt-oss-20b"}) {
      var model =
          Wired.get(simulator, "/openai/v1/models/" + id + "?x=1", "Authorization: Bearer key");
      assertThat(model.status()).isEqualTo(200);
      assertThat(model.body()).startsWith("{\"id\":\"openai/gpt-oss-20b\",");
    }
  }
}
