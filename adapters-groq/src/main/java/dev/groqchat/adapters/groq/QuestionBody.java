package dev.groqchat.adapters.groq;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.groqchat.application.port.out.ChatModel.Question;
import dev.groqchat.domain.conversation.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question as the provider wants it. Its schema is strict: not a field more than it knows.
 *
 * @param temperature left out if null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record QuestionBody(
    String model,
    List<Entry> messages,
    @Nullable Double temperature,
    @JsonProperty("max_completion_tokens") int maxTokens,
    boolean stream,
    @JsonProperty("stream_options") StreamOptions options) {

  static byte[] of(Question.Composed question) {
    return Json.MAPPER.writeValueAsBytes(
        new QuestionBody(
            question.model().value(),
            question.messages().stream().map(Entry::of).toList(),
            question.temperature(),
            question.maxTokens(),
            true,
            new StreamOptions(true)));
  }

  record Entry(String role, String content) {
    private static Entry of(Message message) {
      return new Entry(message.role().word(), message.text());
    }
  }

  record StreamOptions(@JsonProperty("include_usage") boolean includeUsage) {}
}
