package dev.groqchat.acceptance.sdk;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.ResponseFormatJsonSchema;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.completions.CompletionUsage;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** com.openai:openai-java. */
final class OpenAiJava implements Sdk {
  @Override
  public void ask(Question question, Heard heard) {
    OpenAIClient client =
        OpenAIOkHttpClient.builder()
            .baseUrl(question.base())
            .apiKey(question.key())
            .putHeader("X-Request-ID", question.id())
            .build();
    try {
      switch (question.kind()) {
        case LIST_MODELS -> client.models().list().data().forEach(it -> heard.text(it.id() + "\n"));
        case FIND_MODEL -> heard.text(client.models().retrieve(question.model()).id());
        case STREAM -> stream(client, question, heard);
        case ASK -> plain(client, question, heard);
      }
    } finally {
      client.close();
    }
  }

  private static void plain(OpenAIClient client, Question question, Heard heard) {
    var completion = client.chat().completions().create(body(question).build());
    ChatCompletionMessage message = completion.choices().getFirst().message();
    heard.text(message.content().orElse(""));
    heard.reasoning(text(message._additionalProperties().get("reasoning")));
    for (var call : message.toolCalls().orElse(List.of())) {
      var function = call.asFunction().function();
      heard.tool(function.name(), function.arguments());
    }
    completion.usage().ifPresent(it -> usage(it, heard));
  }

  private static void stream(OpenAIClient client, Question question, Heard heard) {
    var options = ChatCompletionStreamOptions.builder().includeUsage(true).build();
    var body = body(question).streamOptions(options).build();
    try (var chunks = client.chat().completions().createStreaming(body)) {
      for (Iterator<ChatCompletionChunk> each = chunks.stream().iterator(); each.hasNext(); ) {
        ChatCompletionChunk chunk = each.next();
        chunk.usage().ifPresent(it -> usage(it, heard));
        int pieces = chunk.choices().stream().mapToInt(it -> take(it.delta(), heard)).sum();
        if (question.stopAfter() > 0 && pieces >= question.stopAfter()) {
          return;
        }
      }
    }
  }

  private static int take(ChatCompletionChunk.Choice.Delta delta, Heard heard) {
    heard.reasoning(text(delta._additionalProperties().get("reasoning")));
    for (var call : delta.toolCalls().orElse(List.of())) {
      call.function().ifPresent(it -> heard.tool(it.name().orElse(""), it.arguments().orElse("")));
    }
    return heard.text(delta.content().orElse(""));
  }

  private static ChatCompletionCreateParams.Builder body(Question question) {
    var body =
        ChatCompletionCreateParams.builder()
            .model(question.model())
            .addUserMessage(question.prompt());
    Question.Tool tool = question.tool();
    if (tool != null) {
      body.addFunctionTool(
          FunctionDefinition.builder()
              .name(tool.name())
              .description(tool.description())
              .parameters(
                  FunctionParameters.builder()
                      .putAllAdditionalProperties(json(tool.parameters()))
                      .build())
              .build());
    }
    Question.Schema schema = question.schema();
    if (schema != null) {
      body.responseFormat(format(schema));
    }
    return body;
  }

  private static ResponseFormatJsonSchema format(Question.Schema schema) {
    return ResponseFormatJsonSchema.builder()
        .jsonSchema(
            ResponseFormatJsonSchema.JsonSchema.builder()
                .name(schema.name())
                .strict(schema.strict())
                .schema(
                    ResponseFormatJsonSchema.JsonSchema.Schema.builder()
                        .putAllAdditionalProperties(json(schema.schema()))
                        .build())
                .build())
        .build();
  }

  private static Map<String, JsonValue> json(Map<String, Object> object) {
    return object.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, it -> JsonValue.from(it.getValue())));
  }

  private static void usage(CompletionUsage usage, Heard heard) {
    heard.usage(usage.promptTokens(), usage.completionTokens(), usage.totalTokens());
  }

  private static String text(@Nullable JsonValue value) {
    String text = value == null ? null : value.convert(String.class);
    return text == null ? "" : text;
  }
}
