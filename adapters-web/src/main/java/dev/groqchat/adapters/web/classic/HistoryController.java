package dev.groqchat.adapters.web.classic;

import dev.groqchat.adapters.web.docs.Errors;
import dev.groqchat.application.port.in.Caller;
import dev.groqchat.application.port.in.DeleteConversation;
import dev.groqchat.application.port.in.ReadConversation;
import dev.groqchat.domain.conversation.ConversationId;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.turn.TurnState;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /history}: what was said in a session. */
@RestController
@RequestMapping("/history")
@Tag(name = "4 Classic")
class HistoryController {
  /** A session is a conversation by another name. */
  static final String SESSION_PATTERN = "^[A-Za-z0-9._:-]{1,128}$";

  /** More turns than a page, or a person, shows. */
  private static final int MOST_TURNS = 1000;

  private final ReadConversation readConversation;
  private final DeleteConversation deleteConversation;
  private final Sessions sessions;

  HistoryController(
      ReadConversation readConversation, DeleteConversation deleteConversation, Sessions sessions) {
    this.readConversation = readConversation;
    this.deleteConversation = deleteConversation;
    this.sessions = sessions;
  }

  @Operation(
      summary = "The finished turns of a session, as messages",
      parameters =
          @Parameter(
              in = ParameterIn.HEADER,
              name = Sessions.HEADER,
              example = "demo",
              schema = @Schema(type = "string", pattern = SESSION_PATTERN)),
      responses =
          @ApiResponse(
              responseCode = "200",
              description = "Oldest first; none if nothing was said yet.",
              headers =
                  @Header(
                      name = "X-Session-ID",
                      description = "the conversation",
                      schema = @Schema(type = "string"))))
  @Errors({400, 503})
  @GetMapping
  List<MessageJson> read(Caller caller, HttpServletRequest request, HttpServletResponse response) {
    ConversationId session = sessions.of(caller, request, response);
    Sessions.remember(session, caller, request, response);
    try {
      return readConversation.read(caller, session, null, MOST_TURNS).turns().items().stream()
          .filter(view -> view.turn().state() instanceof TurnState.Finished)
          .flatMap(MessageJson::pair)
          .toList();
    } catch (ChatException e) {
      if (e.failure() instanceof Failure.NotFound) {
        return List.of();
      }
      throw e;
    }
  }

  @Operation(
      summary = "Forget a session",
      parameters =
          @Parameter(
              in = ParameterIn.HEADER,
              name = Sessions.HEADER,
              example = "demo",
              schema = @Schema(type = "string", pattern = SESSION_PATTERN)),
      responses =
          @ApiResponse(
              responseCode = "204",
              description = "Nothing is left of it.",
              headers =
                  @Header(
                      name = "X-Session-ID",
                      description = "the conversation",
                      schema = @Schema(type = "string"))))
  @Errors({400, 503})
  @DeleteMapping
  ResponseEntity<Void> forget(
      Caller caller, HttpServletRequest request, HttpServletResponse response) {
    deleteConversation.delete(caller, sessions.of(caller, request, response));
    return ResponseEntity.noContent().build();
  }
}
