package dev.groqchat.adapters.groq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.application.port.out.ChatModel.Question;
import dev.groqchat.domain.model.ModelId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a question's own words on their way out: as little as can be. */
class RelayBodyTest {
  private static final String MODEL = "openai/gpt-oss-20b";

  /** Everything that must not be touched: order, blanks, escapes, numbers, unknown things. */
  private static final String RICH =
      """
      { "model" :"openai/gpt-oss-20b",
       "messages":[ {"role":"system","content":"Be \\u0062rief. \\\\ \\" } ]"} ,
      {"content":[{"type":"text","text":"What\\u2028is é 😀 \\ud83d\\ude00 \\/ this?"},{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo="}}],"role":"user"},
      {"role":"assistant","content":null,"tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{\\"x\\": [1,2]}"}}]},
      {"role":"tool","tool_call_id":"c","content":"{}"} ],
       "temperature":1.0, "seed":123456789012345678901234567890, "top_p":1E-2,"n":1,
      "tools":[{"type":"function","function":{"name":"f","strict":null,"parameters":{"type":"object","properties":{"name":{"type":"string","default":null},"store":{"const":0}}}}}],
      "response_format":{"type":"json_schema","json_schema":{"name":"s","schema":{}}},"stop":null,
      "x_new":{"store":true,"deep":[[{"a":null}]]} %s}
      """;

  private static String sent(String words, boolean inPieces, Provider provider) {
    return new String(body(words, inPieces, provider).json(), UTF_8);
  }

  private static RelayBody body(String words, boolean inPieces, Provider provider) {
    return RelayBody.of(
        new Question.Verbatim(new ModelId(MODEL), words, 9, 9, inPieces, "request-1"),
        provider == Provider.GROQ);
  }

  @Test
  void whatNeedNotBeTouchedIsNot() {
    String whole = RICH.formatted("");
    assertThat(sent(whole, false, Provider.GROQ)).isEqualTo(whole);
    String streamed = RICH.formatted(",\"stream_options\" : { \"include_usage\" : true }");
    assertThat(sent(streamed, true, Provider.GROQ)).isEqualTo(streamed);
    assertThat(body(streamed, true, Provider.GROQ).usageWanted()).isTrue();
  }

  @Test
  void usageIsAskedForInAStreamWhetherTheClientDoesOrNot() {
    assertThat(sent(RICH.formatted(""), true, Provider.GROQ))
        .isEqualTo(
            RICH.formatted("")
                .replace(
                    "\"deep\":[[{\"a\":null}]]}",
                    "\"deep\":[[{\"a\":null}]]},\"stream_options\":{\"include_usage\":true}"));
    assertThat(body("{}", true, Provider.GROQ).usageWanted()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"model\":\"openai/gpt-oss-20b\"} | {\"model\":\"openai/gpt-oss-20b\",\"stream_options\":{\"include_usage\":true}}",
        "{\"model\":\"openai\\/gpt-oss-20b\",\"stream_options\":{ }} | {\"model\":\"openai\\/gpt-oss-20b\",\"stream_options\":{\"include_usage\":true }}",
        "{\"stream_options\":null,\"model\":\"b\"} | {\"stream_options\":{\"include_usage\":true},\"model\":\"openai/gpt-oss-20b\"}",
        "{\"stream_options\":{\"a\":1,\"include_usage\":false},\"model\":5} | {\"stream_options\":{\"a\":1,\"include_usage\":true},\"model\":\"openai/gpt-oss-20b\"}",
        "{\"stream_options\":[],\"model\":\"openai/gpt-oss-20b\"} | {\"stream_options\":[],\"model\":\"openai/gpt-oss-20b\"}",
        "{} | {\"model\":\"openai/gpt-oss-20b\",\"stream_options\":{\"include_usage\":true}}",
        "{oops | {oops",
        "[] | []",
      })
  void theModelAndTheUsageAreSet(String words, String expected) {
    // Both are put at the end of an empty object; the second needs a comma, too.
    assertThat(sent(words, true, Provider.GROQ)).isEqualTo(expected);
  }

  @Test
  void anotherModelIsAskedInTheSameWords() {
    String words = RICH.formatted("").replace(MODEL, "meant/was-another");
    assertThat(sent(words, false, Provider.GROQ)).isEqualTo(RICH.formatted(""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"store\":true",
        "\"metadata\" : {\"a\":[1,{\"b\":\"}\"}]}",
        "\"safety_identifier\":\"u\"",
        "\"prompt_cache_key\":\"k\"",
        "\"prompt_cache_retention\":\"24h\"",
        "\"logprobs\":false",
        "\"logprobs\": null",
        "\"top_logprobs\":0",
        "\"top_logprobs\":null",
        "\"logit_bias\":{ }",
        "\"logit_bias\":null",
        "\"prediction\":null",
        "\"x_unknown\":null"
      })
  void whatChangesNothingIsLeftOutAtGroqAlone(String member) {
    for (String form :
        List.of(
            "{%s\"model\":\"M\"}", "{\"model\":\"M\"%s}", "{\"model\":\"M\",%s\"user\":\"u\"}")) {
      boolean last = form.contains("\"M\"%s");
      String model = form.replace("M\"", MODEL + "\"");
      String with = model.formatted(last ? "," + member : member + ",");
      assertThat(sent(with, false, Provider.GROQ)).isEqualTo(model.formatted(""));
      assertThat(sent(with, false, Provider.OPENROUTER)).isEqualTo(with);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"n\":2",
        "\"logprobs\":true",
        "\"top_logprobs\":3",
        "\"logit_bias\":{\"5\":1}",
        "\"prediction\":{\"type\":\"content\"}",
        "\"x_unknown\":1",
        "\"stop\":null",
        "\"tools\":null",
        "\"stream_options\":null"
      })
  void whatWouldChangeTheAnswerIsTheProvidersToRefuse(String member) {
    String words = "{\"model\":\"" + MODEL + "\"," + member + "}";
    assertThat(sent(words, false, Provider.GROQ)).isEqualTo(words);
  }

  @Test
  void ofMessagesNamesAndNothingsAreLeftOut() {
    String words =
        """
        {"model":"openai/gpt-oss-20b","messages":[{"name":"a","role":"user","content":"x","name":"b"},{"role":"assistant","content":null,"refusal":null,"annotations":[],"audio":null,"tool_calls":null},{"role":"function","name":"f","content":"y"},"odd",{"role":"user","content":[],"id":"7"},{"name":"n"}]}\
        """;
    assertThat(sent(words, false, Provider.GROQ))
        .isEqualTo(
            """
            {"model":"openai/gpt-oss-20b","messages":[{"role":"user","content":"x"},{"role":"assistant","content":null,"tool_calls":null},{"role":"function","name":"f","content":"y"},"odd",{"role":"user","content":[],"id":"7"},{}]}\
            """);
    assertThat(sent(words, false, Provider.OPENROUTER)).isEqualTo(words);
  }

  @Test
  void twentyMegabytesOfAnImageAreNoTrouble() {
    String words =
        "{\"messages\":[{\"role\":\"user\",\"content\":\"" + "A".repeat(21 << 20) + "\"}]}";
    assertThat(sent(words, false, Provider.GROQ))
        .hasSize(words.length() + ",\"model\":\"\"".length() + MODEL.length())
        .endsWith("\"}],\"model\":\"" + MODEL + "\"}");
  }

  static IntStream seeds() {
    return IntStream.range(0, 300);
  }

  /** Members that stay and members that go, anyhow mixed: what stays, stays byte by byte. */
  @ParameterizedTest
  @MethodSource("seeds")
  void whatStaysIsTheSameBytes(int seed) {
    Random random = new Random(seed);
    List<String> stay = new ArrayList<>();
    stay.add("\"model\"" + blank(random) + ":" + blank(random) + "\"" + MODEL + "\"");
    for (int i = random.nextInt(5); i > 0; i--) {
      stay.add("\"k" + i + "\"" + blank(random) + ":" + blank(random) + value(random, 3));
    }
    List<String> go =
        new ArrayList<>(
            List.of("\"store\":" + value(random, 2), "\"logit_bias\":{}", "\"zz\":null"));
    List<String> all = new ArrayList<>(stay);
    all.addAll(go.subList(0, random.nextInt(4)));
    Collections.shuffle(all, random);
    String words =
        blank(random) + "{" + blank(random) + String.join("," + " ".repeat(2), all) + "}";

    String sent = sent(words, false, Provider.GROQ);

    List<String> kept = all.stream().filter(stay::contains).toList();
    for (String member : kept) {
      assertThat(sent).contains(member);
    }
    assertThat(Json.MAPPER.readTree(sent).propertyNames()).hasSize(kept.size());
    assertThat(sent.replaceAll("[ \\t\\r\\n]", ""))
        .isEqualTo(("{" + String.join(",", kept) + "}").replaceAll("[ \\t\\r\\n]", ""));
    if (kept.size() == all.size()) {
      assertThat(sent).isEqualTo(words);
    }
  }

  private static String blank(Random random) {
    return List.of("", " ", "\n", "\t \r\n", "  ").get(random.nextInt(5));
  }

  private static String value(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 9 : 6)) {
      case 0 -> "\"é中😀\u2028\u0085\"";
      case 1 -> "\"\\\\\\\" \\u00e9 } ] , \\ud83d\"";
      case 2 -> String.valueOf(random.nextInt());
      case 3 -> "-1.50E+400";
      case 4 -> "true";
      case 5 -> "\"\"";
      case 6 ->
          "[" + value(random, depth - 1) + blank(random) + "," + value(random, depth - 1) + "]";
      case 7 ->
          "{\"store\":" + value(random, depth - 1) + ",\"name\":" + value(random, depth - 1) + "}";
      default -> "{" + blank(random) + "}";
    };
  }
}
