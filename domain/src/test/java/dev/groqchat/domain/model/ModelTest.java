package dev.groqchat.domain.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.groqchat.domain.failure.ChatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelTest {
  private static final ModelId ID = new ModelId("openai/gpt-oss-120b");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "openai/gpt-oss-120b",
        "anthropic/claude-3.5-sonnet",
        "meta-llama/llama-4:free",
        "cf/@x+y",
        "0"
      })
  void takesNamesAsProvidersWriteThem(String name) {
    assertThat(new ModelId(name)).hasToString(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "-a", "/a", "a\nb", "ä", "a?b"})
  void refusesWhatIsNoName(String name) {
    assertThatThrownBy(() -> new ModelId(name))
        .isInstanceOf(ChatException.class)
        .hasMessage("model must be 1 to 128 of A-Z a-z 0-9 . _ : / @ + -");
  }

  @Test
  void aNameHasUpTo128Characters() {
    assertThat(new ModelId("x".repeat(128)).value()).hasSize(128);
    assertThatThrownBy(() -> new ModelId("x".repeat(129))).isInstanceOf(ChatException.class);
  }

  @Test
  void aModelHoldsAtLeastOneToken() {
    assertThat(new ModelInfo(ID, "OpenAI", 1, 1).id()).isEqualTo(ID);
    assertThatIllegalArgumentException().isThrownBy(() -> new ModelInfo(ID, "OpenAI", 0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new ModelInfo(ID, "OpenAI", 1, 0));
  }
}
