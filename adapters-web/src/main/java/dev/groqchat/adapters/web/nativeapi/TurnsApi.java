package dev.groqchat.adapters.web.nativeapi;

import dev.groqchat.adapters.web.docs.Errors;
import dev.groqchat.application.port.in.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
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

/** What Swagger UI shows of the turns. */
@Tag(
    name = "1 Turns",
    description =
        "One user message and its reply. A turn goes on by itself: starting, following, leaving, coming back and stopping are separate acts.")
interface TurnsApi {
  String EVENTS =
      """
      id: 1
      event: started
      data: {"seq":1,"turn":"0198c0de-0000-7000-8000-000000000001","conversation":"demo","model":"openai/gpt-oss-120b"}

      id: 2
      event: delta
      data: {"seq":2,"text":"Hello"}

      """;

  /** In place of a turn's id: the newest of the conversation. */
  String LATEST = "latest";

  String TURN = "a turn's id, or `latest` for the newest of the conversation";

  @Operation(
      summary = "Start a turn",
      description =
          "`Accept: text/event-stream` gives its events as they come; anything else the finished turn. With a"
              + " temperature of 0 a reply that was made before will do, unless Cache-Control says no-cache:"
              + " `x_cache` of `started`, or the header X-Cache, tells where it came from.",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = "application/json",
                      examples = {
                        @ExampleObject(
                            name = "a message",
                            value = "{\"message\": \"Why is the sky blue?\"}"),
                        @ExampleObject(
                            name = "with options",
                            value =
                                """
                                {"message": "Why is the sky blue?", "temperature": 0.2, "max_tokens": 200, "on_disconnect": "grace:30s"}\
                                """)
                      })),
      responses = {
        @ApiResponse(
            responseCode = "200",
            description = "The finished turn, or its events.",
            headers = {
              @Header(
                  name = "Location",
                  description = "where the turn is",
                  required = true,
                  schema = @Schema(type = "string")),
              @Header(
                  name = "X-Turn-ID",
                  description = "the turn's id",
                  required = true,
                  schema = @Schema(type = "string"))
            },
            content = {
              @Content(
                  mediaType = "application/json",
                  schema = @Schema(implementation = TurnJson.class)),
              @Content(
                  mediaType = "text/event-stream",
                  schema = @Schema(type = "string"),
                  examples = @ExampleObject(EVENTS))
            })
      })
  @Errors({404, 422, 429, 502, 503, 504})
  @Nullable ResponseEntity<TurnJson> start(
      Caller caller,
      @Parameter(
              description = "an id of your own: a new one begins a conversation",
              example = ConversationsApi.DEMO,
              schema = @Schema(type = "string", pattern = ConversationsApi.ID_PATTERN))
          String conversation,
      NewTurnJson body,
      @Parameter(hidden = true) @Nullable String accept,
      @Parameter(
              description = "sent again, it attaches to the same turn; kept for 24 h",
              schema = @Schema(type = "string", pattern = "^[!-~]{1,255}$"))
          @Nullable String idempotencyKey,
      HttpServletRequest request,
      HttpServletResponse response)
      throws InterruptedException, IOException;

  @Operation(
      summary = "Read a turn",
      responses = {
        @ApiResponse(responseCode = "200", description = "Its status and its text so far.")
      })
  @Errors({400, 404, 503})
  TurnJson read(
      Caller caller,
      @Parameter(
              example = ConversationsApi.DEMO,
              schema = @Schema(type = "string", pattern = ConversationsApi.ID_PATTERN))
          String conversation,
      @Parameter(description = TURN, example = LATEST) String turn);

  @Operation(
      summary = "Follow a turn from any event",
      description =
          """
          All events after a number, then live, to the end. If that number is no longer kept, a gap event carries the \
          whole text so far.\
          """,
      responses = {
        @ApiResponse(
            responseCode = "200",
            description = "Events; none if the number is the last one's of an ended turn.",
            headers =
                @Header(
                    name = "X-Turn-ID",
                    description = "the turn's id",
                    required = true,
                    schema = @Schema(type = "string")),
            content =
                @Content(
                    mediaType = "text/event-stream",
                    schema = @Schema(type = "string"),
                    examples = @ExampleObject(EVENTS)))
      })
  @Errors({400, 404, 503})
  void follow(
      Caller caller,
      @Parameter(
              example = ConversationsApi.DEMO,
              schema = @Schema(type = "string", pattern = ConversationsApi.ID_PATTERN))
          String conversation,
      @Parameter(description = TURN, example = LATEST) String turn,
      @Parameter(
              description = "the last event you have; wins over Last-Event-ID",
              example = "0",
              schema = @Schema(type = "integer", format = "int64", minimum = "0"))
          @Nullable String after,
      @Parameter(
              description = "the last event you have, as EventSource sends it",
              schema = @Schema(type = "integer", format = "int64", minimum = "0"))
          @Nullable String lastEventId,
      HttpServletResponse response)
      throws InterruptedException;

  @Operation(
      summary = "Stop a turn",
      description = "From anywhere, any number of times. Of a turn that has ended, tells how.",
      responses = {@ApiResponse(responseCode = "200", description = "The receipt.")})
  @Errors({400, 404, 503})
  StopJson stop(
      Caller caller,
      @Parameter(
              example = ConversationsApi.DEMO,
              schema = @Schema(type = "string", pattern = ConversationsApi.ID_PATTERN))
          String conversation,
      @Parameter(description = TURN, example = LATEST) String turn)
      throws InterruptedException;

  @Operation(
      summary = "See what the model saw",
      description = "The messages sent and those left out, each with its tokens.",
      responses = {@ApiResponse(responseCode = "200", description = "The context of the turn.")})
  @Errors({400, 404, 503})
  ContextJson context(
      Caller caller,
      @Parameter(
              example = ConversationsApi.DEMO,
              schema = @Schema(type = "string", pattern = ConversationsApi.ID_PATTERN))
          String conversation,
      @Parameter(description = TURN, example = LATEST) String turn);
}
