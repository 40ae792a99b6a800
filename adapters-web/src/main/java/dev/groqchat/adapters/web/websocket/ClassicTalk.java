package dev.groqchat.adapters.web.websocket;

import dev.groqchat.adapters.web.classic.ChatBody;
import dev.groqchat.adapters.web.problem.Problem;
import dev.groqchat.application.port.Following;
import dev.groqchat.application.port.in.Caller;
import dev.groqchat.application.port.in.StartTurn;
import dev.groqchat.domain.conversation.ConversationId;
import dev.groqchat.domain.failure.ChatException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.CloseStatus;

/** The classic protocol over one socket: one message after the other, each answered whole. */
final class ClassicTalk implements Talk {
  private static final Logger LOG = LoggerFactory.getLogger(ClassicTalk.class);

  /** Nothing depends on it: whoever closes the following ends the wait. */
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

  private final Socket socket;
  private final Caller caller;
  private final ConversationId session;
  private final ClassicActs acts;
  private final LastMessages lastMessages;
  private final Line line;
  private final AtomicReference<@Nullable Following> current = new AtomicReference<>();
  private volatile boolean draining;
  private volatile boolean gone;

  ClassicTalk(Socket socket, Visit visit, ClassicActs acts) {
    this.socket = socket;
    this.caller = visit.caller();
    this.session = Objects.requireNonNull(visit.session(), "no session");
    this.acts = acts;
    this.lastMessages = new LastMessages(acts.readConversation());
    this.line =
        new Line(
            acts.properties().maxWaiting(),
            acts.maxWaitingChars(),
            this::answer,
            this::closeIfDrained);
  }

  @Override
  public void text(String message) {
    try {
      line.join(message);
    } catch (Overload e) {
      refuse(e.problem());
    }
  }

  @Override
  public void binary() {
    refuse(Problems.notText());
  }

  /** In the line's thread. */
  private void answer(String message) {
    try {
      reply(acts.json().readValue(message, ChatBody.class));
    } catch (IOException e) {
      LOG.debug("the client has gone", e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      refuse(Problems.of(e, caller));
    }
  }

  private void reply(@Nullable ChatBody body) throws IOException, InterruptedException {
    if (body == null) {
      throw ChatException.invalid("frame", "the frame must be a JSON object");
    }
    boolean pieces = !Boolean.FALSE.equals(body.stream());
    StartTurn.NewTurn wish = body.in(session, true);
    try (Following following = acts.startTurn().start(caller, wish).following()) {
      current.set(following);
      // Whoever left before this was set could not close it.
      if (!gone) {
        relay(following, new ClassicReply(pieces, () -> end(pieces)));
      }
    } finally {
      current.set(null);
    }
  }

  private void relay(Following following, ClassicReply reply)
      throws IOException, InterruptedException {
    while (!following.ended()) {
      send(reply.frames(following.next(LOOK_AGAIN)));
    }
    send(reply.rest());
  }

  private Object end(boolean pieces) {
    return pieces ? ClassicFrames.DONE : ClassicFrames.chat(lastMessages.of(caller, session));
  }

  private void send(List<Object> frames) throws IOException {
    if (!frames.isEmpty()) {
      socket.send(frames);
    }
  }

  private void refuse(Problem problem) {
    socket.tell(ClassicFrames.error(problem.detail()));
  }

  /** These clients know no word for it: they see the socket close, between two replies. */
  @Override
  public void drain() {
    draining = true;
    closeIfDrained();
  }

  private void closeIfDrained() {
    if (draining && line.isEmpty()) {
      socket.close(CloseStatus.GOING_AWAY);
    }
  }

  @Override
  public void left() {
    gone = true;
    line.close();
    Following following = current.get();
    if (following != null) {
      following.close();
    }
  }
}
