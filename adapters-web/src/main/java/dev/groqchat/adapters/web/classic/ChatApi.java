package dev.groqchat.adapters.web.classic;

import dev.groqchat.adapters.web.docs.Errors;
import dev.groqchat.application.port.in.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/** What Swagger UI shows of the classic chat. */
@Tag(name = "4 Classic", description = "For the clients of the five earlier services, unmodified.")
interface ChatApi {
  @Operation(
      summary = "Say something and get the reply",
      description =
          "A prompt is answered with typed events; messages with `stream:false` as JSON, with `Accept:"
              + " text/event-stream` or `?stream=true` as raw text events, otherwise as `{\"content\"}`"
              + " events. `?format=` beats all that. A reply that was made before will do, unless a"
              + " temperature is asked for or Cache-Control says no-cache.",
      parameters =
          @Parameter(
              in = ParameterIn.HEADER,
              name = "X-Session-ID",
              description = "names the conversation",
              example = "demo",
              schema = @Schema(type = "string", pattern = HistoryController.SESSION_PATTERN)),
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = "application/json",
                      examples = {
                        @ExampleObject(
                            name = "JSON",
                            value =
                                """
                                {"messages": [{"role": "user", "content": "Hello!"}], "stream": false}\
                                """),
                        @ExampleObject(
                            name = "a stream of content",
                            value =
                                """
                                {"messages": [{"role": "user", "content": "Hello!"}]}\
                                """),
                        @ExampleObject(name = "a prompt", value = "{\"prompt\": \"Hello!\"}")
                      })),
      responses = {
        @ApiResponse(
            responseCode = "200",
            description = "The reply.",
            headers =
                @Header(
                    name = "X-Session-ID",
                    description = "the conversation",
                    required = true,
                    schema = @Schema(type = "string")),
            content = {
              @Content(
                  mediaType = "application/json",
                  schema = @Schema(implementation = ChatController.Answer.class)),
              @Content(
                  mediaType = "text/event-stream",
                  schema = @Schema(type = "string"),
                  examples = {
                    @ExampleObject(
                        name = "content",
                        value = "data: {\"content\":\"Hello\"}\n\ndata: [DONE]\n\n"),
                    @ExampleObject(name = "raw", value = "data: Hello\n\ndata: [DONE]\n\n"),
                    @ExampleObject(
                        name = "typed events",
                        value =
                            """
                            data: {"type":"connected","content":"","request_id":"1"}

                            data: {"type":"content","content":"Hello","request_id":"1"}

                            data: {"type":"done","content":"","request_id":"1"}

                            """)
                  })
            })
      })
  @Errors({409, 429, 502, 503, 504})
  @Nullable ResponseEntity<ChatController.Answer> chat(
      Caller caller,
      ChatBody body,
      @Parameter(
              description = "beats all else",
              schema =
                  @Schema(
                      type = "string",
                      allowableValues = {"json", "raw", "content", "events"}))
          @Nullable String format,
      @Parameter(description = "true: raw text events") @Nullable String stream,
      @Parameter(hidden = true) @Nullable String accept,
      HttpServletRequest request,
      HttpServletResponse response)
      throws InterruptedException, IOException;
}
