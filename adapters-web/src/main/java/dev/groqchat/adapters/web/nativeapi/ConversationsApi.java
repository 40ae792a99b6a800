package dev.groqchat.adapters.web.nativeapi;

import dev.groqchat.adapters.web.docs.Errors;
import dev.groqchat.application.port.in.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/** What Swagger UI shows of the conversations. */
@Tag(name = "1 Conversations", description = "Turns in order, owned by one client.")
interface ConversationsApi {
  @Operation(
      summary = "Begin a conversation",
      description = "Not needed before the first turn: a turn sent to a new id begins it.",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = "application/json",
                      examples =
                          @ExampleObject(
                              """
                              {"title": "Sailing", "system": "You answer in one sentence."}\
                              """))),
      responses = {
        @ApiResponse(responseCode = "201", description = "It has begun; Location tells where.")
      })
  @Errors({400, 409, 413, 503})
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
      @Parameter(description = "1 to 200", example = "20") @Nullable Integer limit,
      @Parameter(description = "`next` of the page before; none for the first")
          @Nullable String cursor);

  @Operation(
      summary = "Read a conversation and its newest turns",
      responses = {
        @ApiResponse(responseCode = "200", description = "The conversation; turns oldest first.")
      })
  @Errors({400, 404, 503})
  ConversationJson read(
      Caller caller,
      @Parameter(example = "demo") String id,
      @Parameter(description = "how many turns, 1 to 200", example = "20") @Nullable Integer limit,
      @Parameter(description = "`next` of the page before, for older turns")
          @Nullable String cursor);

  @Operation(
      summary = "Rename a conversation, or change its system prompt",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = "application/json",
                      examples = @ExampleObject("{\"title\": \"A better name\"}"))),
      responses = {
        @ApiResponse(responseCode = "200", description = "The conversation as it is now.")
      })
  @Errors({400, 404, 413, 503})
  ConversationJson edit(Caller caller, @Parameter(example = "demo") String id, EditJson body);

  @Operation(
      summary = "Delete a conversation",
      description = "What runs in it is stopped.",
      responses = {@ApiResponse(responseCode = "204", description = "It is gone.")})
  @Errors({404, 503})
  ResponseEntity<Void> delete(Caller caller, @Parameter(example = "demo") String id);
}
