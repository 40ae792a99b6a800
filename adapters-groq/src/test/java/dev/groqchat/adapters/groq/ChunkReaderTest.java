package dev.groqchat.adapters.groq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkReaderTest {
  private static final List<String> WORDS =
      List.of(
          "a",
          " the",
          "",
          "é",
          " 中文",
          "🙂",
          "\\n",
          "\\u00e9",
          "\\\"content\\\":\\\"x",
          "other",
          "\t",
          "\\ud83d",
          "\"},\"error\":{\"message\":\"x\"},\"y\":{\"z\":\"");

  private static final List<String> CHUNKS =
      List.of(
          "{'id':'x','choices':[{'index':0,'delta':{'content':'@'},'finish_reason':null}]}",
          "{'id':'x','choices':[{'index':0,'delta':{'role':'assistant','content':'@'},'finish_reason':null}],'x_groq':{'id':'r'}}",
          "{'id':'x','choices':[{'index':0,'delta':{'reasoning':'@','channel':'analysis'}}]}",
          "{'choices':[{'delta':{'reasoning_content':'@'}}]}",
          "{'choices':[{'delta':{'reasoning':'@','content':'@'}}]}",
          "{'choices':[{'delta':{'content':'@'}},{'index':1,'delta':{'content':'@'}}]}",
          "{'choices':[{'delta': {'content': '@'}}],'copy':{'content':'@'}}",
          "{'copy':{'content':'@'},'choices':[{'delta':{'content':'@'}}]}",
          "{'choices':[{'delta':{'content':'first','content':'@'}}]}",
          "{'choices':[{'delta':{'content':'@','tool_calls':[{'id':'1'}]}}]}",
          "{'choices':[{'delta':{'content':'@'},'finish_reason':'stop'}],'usage':{'prompt_tokens':1,'completion_tokens':2}}",
          "{'choices':[{'delta':{'content':'@'}}],'error':null}",
          "{'choices':[{'delta':{'content':'@'}}]",
          "{'error':{'message':'@'}}");

  private final ChunkParser parser = new ChunkParser();
  private final ChunkReader reader = new ChunkReader(parser);

  static IntStream seeds() {
    return IntStream.range(0, 200);
  }

  /** Each chunk has one shape for a while, then another, with all kinds of words. */
  @ParameterizedTest
  @MethodSource("seeds")
  void readsWhatTheParserDoes(int seed) {
    Random random = new Random(seed);
    String shape = CHUNKS.getFirst();
    for (int i = 0; i < 100; i++) {
      shape = random.nextInt(8) == 0 ? CHUNKS.get(random.nextInt(CHUNKS.size())) : shape;
      byte[] json = chunk(shape, random);
      assertThat(reader.read(json, json.length))
          .as(new String(json, UTF_8))
          .usingRecursiveComparison()
          .isEqualTo(parser.parse(json, json.length));
    }
  }

  private static byte[] chunk(String shape, Random random) {
    String json = shape.replace('\'', '"');
    while (json.contains("@")) {
      json =
          json.replaceFirst("@", Matcher.quoteReplacement(WORDS.get(random.nextInt(WORDS.size()))));
    }
    byte[] bytes = json.getBytes(UTF_8);
    if (random.nextInt(10) == 0) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(strings = {"content", "reasoning"})
  void doesNotParseWhatIsLikeTheOneBefore(String key) {
    byte[] first = ("{\"choices\":[{\"delta\":{\"" + key + "\":\"a\"}}]}").getBytes(UTF_8);
    byte[] next = ("{\"choices\":[{\"delta\":{\"" + key + "\":\"é b\"}}]}").getBytes(UTF_8);
    ChunkPattern pattern = requireNonNull(pattern(first));

    assertThat(pattern.read(next, next.length)).isEqualTo(parser.parse(next, next.length));
  }

  @Test
  void takesNoWordsForThoseOfTheChunkThatStandElsewhere() {
    byte[] json =
        "{\"choices\":[{\"delta\":{\"content\": \"a\"}}],\"copy\":{\"content\":\"a\"}}"
            .getBytes(UTF_8);
    assertThat(pattern(json)).isNull();
  }

  private @Nullable ChunkPattern pattern(byte[] json) {
    Chunk parsed = requireNonNull(parser.parse(json, json.length));
    return ChunkPattern.of(parsed, json, json.length, parser);
  }
}
