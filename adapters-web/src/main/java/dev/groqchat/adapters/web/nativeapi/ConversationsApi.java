package dev.groqchat.adapters.web.nativeapi;

import dev.groqchat.adapters.web.docs.Errors;
import dev.groqchat.application.port.in.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/** What Swagger UI shows of the conversations. */
@Tag(name = "2 Conversations", description = "Turns in order, owned by one client.")
interface ConversationsApi {
  /** A conversation's id, as {@link dev.groqchat.domain.conversation.ConversationId} has it. */
  String ID_PATTERN = "^[A-Za-z0-9._:-]{1,128}$";

  /** What the other examples are about, too: the first of them makes it. */
  String DEMO = "demo";

  @Operation(
      summary = "Begin a conversation",
      description = "Not needed before the first turn: a turn sent to a new id begins it.",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = "application/json",
                      examples = {
                        @ExampleObject(
                            name = "with a title and a system prompt",
                            value =
                                """
                                {"title": "Sailing", "system": "You answer in one sentence."}\
                                """),
                        @ExampleObject(name = "as it comes", value = "{}")
                      })),
      responses =
          @ApiResponse(
              responseCode = "201",
              description = "It has begun.",
              headers =
                  @Header(
                      name = "Location",
                      description = "where it is",
                      required = true,
                      schema = @Schema(type = "string"))))
  @Errors({409, 503})
  ResponseEntity<ConversationJson> create(
      Caller caller,
      NewConversation body,
      HttpServletRequest request,
      HttpServletResponse response);

  @Operation(
      summary = "List conversations, newest first",
      description =
          "The key's own. Without keys, those that this browser's cookie started, and nobody else's.",
      responses = @ApiResponse(responseCode = "200", description = "A page of them."))
  @Errors({400, 503})
  PageJson<ConversationJson> list(
      Caller caller,
      @Parameter(example = "20", schema = @Schema(type = "integer", minimum = "1", maximum = "200"))
          @Nullable String limit,
      @Parameter(description = "`next` of the page before; none for the first")
          @Nullable String cursor);

  @Operation(
      summary = "Read a conversation and its newest turns",
      responses =
          @ApiResponse(responseCode = "200", description = "The conversation; turns oldest first."))
  @Errors({400, 404, 503})
  ConversationJson read(
      Caller caller,
      @Parameter(example = DEMO, schema = @Schema(type = "string", pattern = ID_PATTERN)) String id,
      @Parameter(
              description = "how many turns",
              example = "20",
              schema = @Schema(type = "integer", minimum = "1", maximum = "200"))
          @Nullable String limit,
      @Parameter(description = "`next` of the page before, for older turns")
          @Nullable String cursor);

  @Operation(
      summary = "Rename a conversation, or change its system prompt",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = "application/json",
                      examples = {
                        @ExampleObject(
                            name = "another title",
                            value = "{\"title\": \"A better name\"}"),
                        @ExampleObject(
                            name = "another system prompt",
                            value = "{\"system\": \"You answer in one sentence.\"}")
                      })),
      responses =
          @ApiResponse(responseCode = "200", description = "The conversation as it is now."))
  @Errors({404, 503})
  ConversationJson edit(
      Caller caller,
      @Parameter(example = DEMO, schema = @Schema(type = "string", pattern = ID_PATTERN)) String id,
      EditJson body);

  @Operation(
      summary = "Delete a conversation",
      description = "What runs in it is stopped.",
      responses = @ApiResponse(responseCode = "204", description = "It is gone."))
  @Errors({400, 404, 503})
  ResponseEntity<Void> delete(
      Caller caller,
      @Parameter(example = DEMO, schema = @Schema(type = "string", pattern = ID_PATTERN))
          String id);
}
