package dev.groqchat.adapters.groq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.groqchat.application.fixtures.TokenCounterContract;
import dev.groqchat.application.port.out.TokenCounter;
import dev.groqchat.domain.model.ModelId;
import dev.groqchat.domain.trimming.Encoding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JtokkitTokenCounterTest implements TokenCounterContract {
  private static final TokenCounter COUNTER = new JtokkitTokenCounter();

  @Override
  public TokenCounter counter() {
    return COUNTER;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "openai/gpt-oss-120b",
        "openai/gpt-oss-20b",
        "openai/gpt-oss-20b:free",
        "gpt-4o-mini",
        "gpt-4.1",
        "openai/gpt-5-nano",
        "o1",
        "openai/o3-mini",
        "chatgpt-4o-latest"
      })
  void countsOpenAisNewerModelsExactly(String model) {
    assertThat(COUNTER.encodingOf(new ModelId(model))).isEqualTo(new Encoding("o200k_base", true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "qwen/qwen3.8-27b",
        "llama-3.3-70b-versatile",
        "gpt-4",
        "openai/gpt-3.5-turbo",
        "olmo-2"
      })
  void estimatesAllOthers(String model) {
    assertThat(COUNTER.encodingOf(new ModelId(model))).isEqualTo(new Encoding("estimate", false));
  }

  /** From OpenAI's own tokenizer. */
  @ParameterizedTest
  @CsvSource({
    "hello world, 2",
    "'Hello, world!', 4",
    "antidisestablishmentarianism, 6",
    "2 + 2 = 4, 7"
  })
  void countsAsTheModelDoes(String text, int tokens) {
    assertThat(COUNTER.count(JtokkitTokenCounter.EXACT, text)).isEqualTo(tokens);
  }

  @Test
  void anEstimateIsAFifthMore() {
    assertThat(COUNTER.count(JtokkitTokenCounter.ESTIMATE, "hello world")).isEqualTo(3);
    assertThat(COUNTER.count(JtokkitTokenCounter.ESTIMATE, " hello".repeat(100))).isEqualTo(120);
  }

  /** Long words are cut by another algorithm, in proportion to their length. */
  @Test
  void countsLongWordsAsShortOnes() {
    assertThat(COUNTER.count(JtokkitTokenCounter.EXACT, "a".repeat(320_000))).isEqualTo(40_000);
    assertThat(COUNTER.count(JtokkitTokenCounter.EXACT, "a".repeat(800))).isEqualTo(100);
  }

  @Test
  void knowsNoOtherEncodings() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> COUNTER.count(new Encoding("cl100k_base", true), "a"));
  }
}
