package dev.groqchat.adapters.groq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.application.port.out.ChatModel.Question;
import dev.groqchat.application.port.out.ModelCatalog;
import dev.groqchat.domain.conversation.Message;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.model.ModelId;
import dev.groqchat.domain.model.ModelInfo;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromptSizeTest {
  private static final ModelId MODEL = new ModelId("openai/gpt-oss-120b");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "on tokens per minute (TPM): Limit 8000, Requested 8277, please | 8277 | 8000",
        "on tokens per minute (TPM): Limit 8000, Used 10, Requested 8277. | 8277 | 8000",
        "maximum context length is 4097 tokens. However, you requested 5000 tokens (4000 in | 5000 | 4097",
        "maximum context length is 4097 tokens, however your messages resulted in 4100 tokens | 4100 | 4097",
        // What makes no sense is not repeated: then it is ours.
        "Limit 8000, Requested 100 | 1005 | 1004",
        "Please reduce the length of the messages or completion. | 1005 | 1004",
      })
  void takesTheProvidersNumbersIfThereAreAny(String text, long tokens, long limit) {
    assertThat(tooLarge(text, 100_000, "hi", 1000))
        .isEqualTo(new Failure.PromptTooLarge(tokens, limit));
  }

  @Test
  void theWindowIsTheLimitIfWeCountMoreThanItHolds() {
    assertThat(tooLarge("", 500, "hi", 1000)).isEqualTo(new Failure.PromptTooLarge(1005, 500));
  }

  /** "hi" is one token, and its message four more. */
  private static Failure tooLarge(String text, int window, String message, int reply) {
    String body = Json.MAPPER.writeValueAsString(Map.of("error", Map.of("message", text)));
    return new PromptSize(holding(window), new JtokkitTokenCounter())
        .tooLarge(
            ProviderError.ofBody(body.getBytes(UTF_8)),
            new Question.Composed(MODEL, List.of(Message.user(message)), null, reply, "request-1"));
  }

  private static ModelCatalog holding(int window) {
    return new ModelCatalog() {
      @Override
      public List<ModelInfo> models() {
        return List.of(describe(MODEL));
      }

      @Override
      public ModelInfo describe(ModelId model) {
        return new ModelInfo(model, "nobody", window, window);
      }
    };
  }
}
