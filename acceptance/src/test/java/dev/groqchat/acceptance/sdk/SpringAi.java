package dev.groqchat.acceptance.sdk;

import java.util.Map;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatModel.ResponseFormat;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.tool.function.FunctionToolCallback;
import tools.jackson.databind.json.JsonMapper;

/** org.springframework.ai:spring-ai-openai. */
final class SpringAi implements Sdk {
  private static final JsonMapper JSON = new JsonMapper();

  @Override
  public void ask(Question question, Heard heard) throws Exception {
    OpenAiChatOptions options = options(question);
    OpenAiChatModel model = OpenAiChatModel.builder().options(options).build();
    Prompt prompt = new Prompt(question.prompt(), options);
    switch (question.kind()) {
      case LIST_MODELS, FIND_MODEL -> throw new NoSuchCall("its chat model lists no models");
      case STREAM ->
          model.stream(prompt)
              .takeUntil(it -> take(it, heard) >= question.stopAfter() && question.stopAfter() > 0)
              .blockLast();
      case ASK -> take(model.call(prompt), heard);
    }
  }

  private static OpenAiChatOptions options(Question question) {
    var options =
        OpenAiChatOptions.builder()
            .baseUrl(question.base())
            .apiKey(question.key())
            .model(question.model())
            .customHeaders(Map.of("X-Request-ID", question.id()))
            .streamUsage(question.kind() == Question.Kind.STREAM);
    Question.Tool tool = question.tool();
    if (tool != null) {
      options.toolCallbacks(
          FunctionToolCallback.builder(tool.name(), (Map<String, Object> it) -> it)
              .description(tool.description())
              .inputType(Map.class)
              .inputSchema(JSON.writeValueAsString(tool.parameters()))
              .build());
    }
    Question.Schema schema = question.schema();
    if (schema != null) {
      options.responseFormat(
          ResponseFormat.builder()
              .type(ResponseFormat.Type.JSON_SCHEMA)
              .jsonSchema(JSON.writeValueAsString(schema.schema()))
              .build());
    }
    return options.build();
  }

  /** Returns how many pieces of text there were so far. */
  private static int take(ChatResponse response, Heard heard) {
    var usage = response.getMetadata().getUsage();
    heard.usage(usage.getPromptTokens(), usage.getCompletionTokens(), usage.getTotalTokens());
    if (response.getResult() == null) {
      return heard.text("");
    }
    var message = response.getResult().getOutput();
    message.getToolCalls().forEach(it -> heard.tool(it.name(), it.arguments()));
    if (message.getMetadata().get("reasoningContent") instanceof String thought) {
      heard.reasoningSoFar(thought);
    }
    return heard.text(message.getText());
  }
}
