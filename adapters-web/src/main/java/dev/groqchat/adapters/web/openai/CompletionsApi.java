package dev.groqchat.adapters.web.openai;

import dev.groqchat.adapters.web.docs.Errors;
import dev.groqchat.application.port.in.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.HttpMediaTypeNotSupportedException;

/** What Swagger UI shows of the completions. */
@Tag(
    name = "5 OpenAI-compatible",
    description =
        "For any OpenAI or Groq SDK: with /openai/v1 or /v1 of this service as its base URL.")
interface CompletionsApi {
  @Operation(
      summary = "Ask a model in OpenAI's form",
      description =
          "The question is passed on in your own words, tools and all, and so is the reply; nothing of it is kept as"
              + " a conversation. Without a model, the default one is asked. With a temperature of 0 a reply that was"
              + " made before will do, unless Cache-Control says no-cache: X-Cache tells. `stream` gives `data:` events"
              + " that end with `[DONE]`; the status waits for the model's, but no longer than 10 s, then comments keep"
              + " the stream alive. A reply that breaks off ends with `event: error`, and no `[DONE]`.",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = "application/json",
                      schema = @Schema(type = "object"),
                      examples = {
                        @ExampleObject(
                            name = "JSON",
                            value =
                                """
                                {"model": "openai/gpt-oss-120b", "messages": [{"role": "user", "content": "Hello!"}]}\
                                """),
                        @ExampleObject(
                            name = "a stream",
                            value =
                                """
                                {"messages": [{"role": "user", "content": "Hello!"}], "stream": true, "stream_options": {"include_usage": true}}\
                                """)
                      })),
      responses = {
        @ApiResponse(
            responseCode = "200",
            description = "The reply.",
            content = {
              @Content(mediaType = "application/json", schema = @Schema(type = "object")),
              @Content(mediaType = "text/event-stream", schema = @Schema(type = "string"))
            })
      })
  @Errors({400, 404, 413, 415, 422, 429, 502, 503, 504})
  void complete(Caller caller, HttpServletRequest request, HttpServletResponse response)
      throws InterruptedException, IOException, HttpMediaTypeNotSupportedException;
}
