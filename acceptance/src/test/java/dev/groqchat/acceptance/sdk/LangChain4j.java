package dev.groqchat.acceptance.sdk;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** dev.langchain4j:langchain4j-open-ai. */
final class LangChain4j implements Sdk {
  @Override
  public void ask(Question question, Heard heard) throws Exception {
    switch (question.kind()) {
      case LIST_MODELS, FIND_MODEL -> throw new NoSuchCall("its chat models list no models");
      case STREAM -> stream(question, heard);
      case ASK -> plain(question, heard);
    }
  }

  private static void plain(Question question, Heard heard) {
    var model =
        OpenAiChatModel.builder()
            .baseUrl(question.base())
            .apiKey(question.key())
            .modelName(question.model())
            .customHeaders(Map.of("X-Request-ID", question.id()))
            .strictJsonSchema(true)
            .returnThinking(true)
            .build();
    ChatResponse response = model.chat(request(question));
    heard.text(response.aiMessage().text());
    heard.reasoning(response.aiMessage().thinking());
    rest(response, heard);
  }

  private static void stream(Question question, Heard heard) throws Exception {
    var model =
        OpenAiStreamingChatModel.builder()
            .baseUrl(question.base())
            .apiKey(question.key())
            .modelName(question.model())
            .customHeaders(Map.of("X-Request-ID", question.id()))
            .returnThinking(true)
            .build();
    Listener listener = new Listener(question, heard);
    model.chat(request(question), listener);
    try {
      listener.end.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  private static ChatRequest request(Question question) {
    var request = ChatRequest.builder().messages(UserMessage.from(question.prompt()));
    Question.Tool tool = question.tool();
    if (tool != null) {
      request.toolSpecifications(
          ToolSpecification.builder()
              .name(tool.name())
              .description(tool.description())
              .parameters(
                  JsonObjectSchema.builder().addStringProperty("city").required("city").build())
              .build());
    }
    Question.Schema schema = question.schema();
    if (schema != null) {
      request.responseFormat(
          ResponseFormat.builder()
              .type(ResponseFormatType.JSON)
              .jsonSchema(
                  JsonSchema.builder()
                      .name(schema.name())
                      .rootElement(
                          JsonObjectSchema.builder()
                              .addIntegerProperty("number")
                              .required(List.of("number"))
                              .build())
                      .build())
              .build());
    }
    return request.build();
  }

  /** What comes with the whole answer only. */
  private static void rest(ChatResponse response, Heard heard) {
    for (var call : response.aiMessage().toolExecutionRequests()) {
      heard.tool(call.name(), call.arguments());
    }
    var usage = response.tokenUsage();
    if (usage != null) {
      heard.usage(usage.inputTokenCount(), usage.outputTokenCount(), usage.totalTokenCount());
    }
  }

  private static final class Listener implements StreamingChatResponseHandler {
    private final CompletableFuture<ChatResponse> end = new CompletableFuture<>();
    private final Question question;
    private final Heard heard;

    Listener(Question question, Heard heard) {
      this.question = question;
      this.heard = heard;
    }

    @Override
    public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
      int pieces = heard.text(piece.text());
      if (question.stopAfter() > 0 && pieces >= question.stopAfter()) {
        context.streamingHandle().cancel();
        end.cancel(false);
      }
    }

    @Override
    public void onPartialThinking(PartialThinking piece) {
      heard.reasoning(piece.text());
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
      rest(response, heard);
      end.complete(response);
    }

    @Override
    public void onError(Throwable error) {
      end.completeExceptionally(error);
    }
  }
}
