package dev.groqchat.adapters.web.classic;

import dev.groqchat.adapters.web.problem.Problem;
import dev.groqchat.adapters.web.problem.ProblemWriter;
import dev.groqchat.adapters.web.security.RequestIds;
import dev.groqchat.adapters.web.stream.Dialect;
import dev.groqchat.adapters.web.stream.EventStreams;
import dev.groqchat.adapters.web.stream.Replies;
import dev.groqchat.adapters.web.turns.NewTurns;
import dev.groqchat.adapters.web.turns.Reusable;
import dev.groqchat.application.port.in.Caller;
import dev.groqchat.application.port.in.ReadTurn;
import dev.groqchat.application.port.in.StartTurn;
import dev.groqchat.application.port.in.TurnRef;
import dev.groqchat.domain.conversation.ConversationId;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.turn.TurnState;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /chat}, in its four dialects. */
@RestController
class ChatController implements ChatApi {
  private final NewTurns newTurns;
  private final ReadTurn readTurn;
  private final Sessions sessions;
  private final EventStreams streams;
  private final ProblemWriter problems;

  ChatController(
      NewTurns newTurns,
      ReadTurn readTurn,
      Sessions sessions,
      EventStreams streams,
      ProblemWriter problems) {
    this.newTurns = newTurns;
    this.readTurn = readTurn;
    this.sessions = sessions;
    this.streams = streams;
    this.problems = problems;
  }

  @Override
  @PostMapping(path = "/chat", consumes = "application/json")
  public @Nullable ResponseEntity<Answer> chat(
      Caller caller,
      @RequestBody ChatBody body,
      @RequestParam(required = false) @Nullable String format,
      @RequestParam(required = false) @Nullable String stream,
      @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept,
      HttpServletRequest request,
      HttpServletResponse response)
      throws InterruptedException, IOException {
    ClassicFormat chosen = ClassicFormat.of(body, format, stream, accept);
    chosen.leaveWith(request);
    ConversationId session = sessions.of(caller, request, response);
    StartTurn.NewTurn wish = body.in(session, Reusable.allowed(request));
    StartTurn.Started started = newTurns.start(caller, wish, request, response);
    Sessions.remember(session, caller, request, response);
    Dialect dialect = dialect(chosen, request);
    if (dialect == null) {
      Replies.tell(Replies.awaitEnd(started.following()), response);
      return answer(caller, new TurnRef(session, started.turn().id()), request, response);
    }
    streams.sendNew(started.following(), dialect, response);
    return null;
  }

  private static @Nullable Dialect dialect(ClassicFormat format, HttpServletRequest request) {
    return switch (format) {
      case JSON -> null;
      case RAW -> new RawDialect();
      case CONTENT -> new ContentDialect();
      case EVENTS -> new EventsDialect(RequestIds.of(request));
    };
  }

  private @Nullable ResponseEntity<Answer> answer(
      Caller caller, TurnRef turn, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ReadTurn.View view = readTurn.read(caller, turn);
    switch (view.turn().state()) {
      case TurnState.Finished _ -> {
        return ResponseEntity.ok(new Answer(view.text()));
      }
      case TurnState.Failed failed -> throw new ChatException(failed.failure());
      case TurnState.Stopped _, TurnState.Queued _, TurnState.Running _ -> {
        problems.write(
            Problem.of(409, "stopped", "The reply was stopped", ClassicDialect.STOPPED),
            request,
            response);
        return null;
      }
    }
  }

  /** The whole reply. */
  @Schema(name = "Reply")
  record Answer(String response) {}
}
