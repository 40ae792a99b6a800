package dev.groqchat.adapters.web.nativeapi;

import dev.groqchat.adapters.web.problem.Problem;
import dev.groqchat.adapters.web.problem.ProblemWriter;
import dev.groqchat.adapters.web.stream.EventStreams;
import dev.groqchat.adapters.web.stream.Replies;
import dev.groqchat.adapters.web.turns.KeySpace;
import dev.groqchat.adapters.web.turns.NewTurns;
import dev.groqchat.adapters.web.turns.Reusable;
import dev.groqchat.application.port.in.Caller;
import dev.groqchat.application.port.in.FollowTurn;
import dev.groqchat.application.port.in.ReadContext;
import dev.groqchat.application.port.in.ReadConversation;
import dev.groqchat.application.port.in.ReadTurn;
import dev.groqchat.application.port.in.StartTurn;
import dev.groqchat.application.port.in.StopTurn;
import dev.groqchat.application.port.in.TurnRef;
import dev.groqchat.domain.conversation.ConversationId;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.turn.TurnId;
import dev.groqchat.domain.turn.TurnState;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Turns: start, follow, read, stop. */
@RestController
@RequestMapping("/api/conversations/{conversation}/turns")
class TurnsController implements TurnsApi {
  private static final String TURN_ID = "X-Turn-ID";

  private final NewTurns newTurns;
  private final FollowTurn followTurn;
  private final ReadTurn readTurn;
  private final ReadConversation readConversation;
  private final StopTurn stopTurn;
  private final ReadContext readContext;
  private final EventStreams streams;
  private final ProblemWriter problems;

  TurnsController(
      NewTurns newTurns,
      FollowTurn followTurn,
      ReadTurn readTurn,
      ReadConversation readConversation,
      StopTurn stopTurn,
      ReadContext readContext,
      EventStreams streams,
      ProblemWriter problems) {
    this.newTurns = newTurns;
    this.followTurn = followTurn;
    this.readTurn = readTurn;
    this.readConversation = readConversation;
    this.stopTurn = stopTurn;
    this.readContext = readContext;
    this.streams = streams;
    this.problems = problems;
  }

  @Override
  @PostMapping(consumes = "application/json")
  public @Nullable ResponseEntity<TurnJson> start(
      Caller caller,
      @PathVariable String conversation,
      @RequestBody NewTurnJson body,
      @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey,
      HttpServletRequest request,
      HttpServletResponse response)
      throws InterruptedException, IOException {
    ConversationId id = new ConversationId(conversation);
    String key = KeySpace.of(caller).own(idempotencyKey);
    StartTurn.NewTurn wish = body.in(id, key, Reusable.allowed(request));
    StartTurn.Started started = newTurns.start(caller, wish, request, response);
    TurnId turn = started.turn().id();
    response.setHeader(HttpHeaders.LOCATION, "/api/conversations/" + id + "/turns/" + turn);
    response.setHeader(TURN_ID, turn.toString());
    if (accept != null && accept.contains("text/event-stream")) {
      streams.sendNew(started.following(), new NativeDialect(turn), response);
      return null;
    }
    Replies.tell(Replies.awaitEnd(started.following()), response);
    return ended(caller, new TurnRef(id, turn), request, response);
  }

  /** The turn as it ended; one that failed comes with its problem. */
  private @Nullable ResponseEntity<TurnJson> ended(
      Caller caller, TurnRef ref, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ReadTurn.View view = readTurn.read(caller, ref);
    TurnJson turn = TurnJson.of(view);
    if (view.turn().state() instanceof TurnState.Failed failed) {
      request.setAttribute(NativeErrors.TURN, turn);
      problems.write(Problem.of(failed.failure()), request, response);
      return null;
    }
    return ResponseEntity.ok(turn);
  }

  @Override
  @GetMapping("/{turn}")
  public TurnJson read(
      Caller caller, @PathVariable String conversation, @PathVariable String turn) {
    return TurnJson.of(readTurn.read(caller, ref(caller, conversation, turn)));
  }

  @Override
  @GetMapping("/{turn}/events")
  public void follow(
      Caller caller,
      @PathVariable String conversation,
      @PathVariable String turn,
      @RequestParam(required = false) @Nullable String after,
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
      HttpServletResponse response)
      throws InterruptedException {
    TurnRef ref = ref(caller, conversation, turn);
    long cursor = after != null ? cursor("after", after) : cursor("Last-Event-ID", lastEventId);
    var following = followTurn.follow(caller, ref, cursor);
    response.setHeader(TURN_ID, ref.turn().toString());
    streams.send(following, new NativeDialect(ref.turn()), response);
  }

  /** What a GET would begin with. Following to the end in order to say nothing helps nobody. */
  @Hidden
  @RequestMapping(path = "/{turn}/events", method = RequestMethod.HEAD)
  void head(
      Caller caller,
      @PathVariable String conversation,
      @PathVariable String turn,
      HttpServletResponse response) {
    TurnRef ref = ref(caller, conversation, turn);
    ReadTurn.View _ = readTurn.read(caller, ref);
    response.setHeader(TURN_ID, ref.turn().toString());
    EventStreams.begin(response);
  }

  @Override
  @PostMapping("/{turn}/stop")
  public StopJson stop(Caller caller, @PathVariable String conversation, @PathVariable String turn)
      throws InterruptedException {
    return StopJson.of(stopTurn.stop(caller, ref(caller, conversation, turn)));
  }

  @Override
  @GetMapping("/{turn}/context")
  public ContextJson context(
      Caller caller, @PathVariable String conversation, @PathVariable String turn) {
    return ContextJson.of(readContext.read(caller, ref(caller, conversation, turn)));
  }

  private TurnRef ref(Caller caller, String conversation, String turn) {
    ConversationId id = new ConversationId(conversation);
    return new TurnRef(id, turn.equals(LATEST) ? latest(caller, id) : TurnId.parse(turn));
  }

  private TurnId latest(Caller caller, ConversationId conversation) {
    List<ReadTurn.View> newest =
        readConversation.read(caller, conversation, null, 1).turns().items();
    if (newest.isEmpty()) {
      throw new ChatException(new Failure.NotFound("turn"));
    }
    return newest.getLast().turn().id();
  }

  private static long cursor(String field, @Nullable String text) {
    if (text == null || text.isEmpty()) {
      return 0;
    }
    try {
      long seq = Long.parseLong(text);
      if (seq >= 0) {
        return seq;
      }
    } catch (NumberFormatException _) {
      // Said below, like a negative one.
    }
    throw ChatException.invalid(field, field + " must be the number of an event, or 0");
  }
}
