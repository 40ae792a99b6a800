package dev.groqchat.adapters.socketio;

import dev.groqchat.application.port.Following;
import dev.groqchat.application.port.in.Caller;
import dev.groqchat.application.port.in.StartTurn;
import dev.groqchat.domain.conversation.ConversationId;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.turn.OnDisconnect;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * What a client and the model say to each other over one connection. Messages are answered one
 * after the other, in order, on a virtual thread that is there only while there is something to
 * answer. Thread-safe; only that thread blocks.
 */
final class Session {
  private static final Logger LOG = LoggerFactory.getLogger(Session.class);

  private final Caller caller;
  private final Surface surface;
  private final Wording wording;
  private final Connection connection;
  private final ConversationId own;
  private final Queue<Object> pending = new ArrayDeque<>();
  private boolean answering;
  private boolean finishing;
  private boolean closed;
  private @Nullable Following attended;

  Session(Caller caller, Surface surface, Connection connection) {
    this.caller = caller;
    this.surface = surface;
    this.wording = surface.wording();
    this.connection = connection;
    // A name for a conversation, which begins with its first message: who says nothing leaves none.
    this.own = ConversationId.make(surface.clock().instant(), surface.random());
  }

  void greet() {
    connection.say(wording.sessionId(own));
    connection.say(wording.botMessage(surface.properties().welcome()));
  }

  /** Takes what came with a {@code user_message}; the answer comes later. */
  void accept(@Nullable Object payload) {
    if (!queued(payload)) {
      connection.say(wording.error("too many messages are waiting for their answers"));
    }
  }

  private synchronized boolean queued(@Nullable Object payload) {
    if (closed || finishing) {
      return true;
    }
    if (pending.size() >= surface.properties().maxPending()) {
      return false;
    }
    pending.add(payload == null ? UserMessage.NOTHING : payload);
    if (!answering) {
      answering = true;
      Thread.ofVirtual().name("socketio-session").start(this::answerAll);
    }
    return true;
  }

  private void answerAll() {
    try (var _ = MDC.putCloseable("request_id", caller.requestId())) {
      for (Object payload = next(); payload != null; payload = next()) {
        say(answer(payload));
      }
    }
    if (finished()) {
      connection.close();
    }
  }

  /** Tells the answer; not one that is none because the client left. */
  private void say(Event answer) {
    synchronized (this) {
      if (closed) {
        return;
      }
    }
    connection.say(answer);
  }

  private synchronized @Nullable Object next() {
    Object payload = pending.poll();
    answering = payload != null;
    return payload;
  }

  private Event answer(Object payload) {
    try {
      UserMessage message = UserMessage.of(payload);
      return ask(known(message.session()), message.text());
    } catch (ChatException e) {
      return wording.failure(e.failure());
    } catch (InterruptedException | RuntimeException e) {
      // Nobody interrupts this thread: it is a defect as well.
      LOG.error("a message could not be answered", e);
      return wording.failure(new Failure.Internal());
    }
  }

  /**
   * The conversation that a client calls its session: the one it was given on this connection, or
   * any that it has, from an earlier one.
   */
  private ConversationId known(String session) {
    if (session.equals(own.value())) {
      return own;
    }
    try {
      ConversationId id = new ConversationId(session);
      return surface.readConversation().read(caller, id, null, 1).conversation().key().id();
    } catch (ChatException e) {
      throw e.failure() instanceof Failure.InvalidRequest
          ? new ChatException(new Failure.NotFound("conversation"), e)
          : e;
    }
  }

  /** There is no temperature to ask for variety with: a reply that was made before will do. */
  private Event ask(ConversationId id, String text) throws InterruptedException {
    StartTurn.NewTurn turn =
        new StartTurn.NewTurn(
            id,
            new StartTurn.Said.Text(text),
            null,
            null,
            null,
            new OnDisconnect.Cancel(),
            null,
            null,
            true);
    try (Following following = surface.startTurn().start(caller, turn).following()) {
      attend(following);
      return new WholeReply(wording).read(following);
    } finally {
      attend(null);
    }
  }

  /** Remembers what to leave when the client leaves; it may have by now. */
  private synchronized void attend(@Nullable Following following) {
    attended = following;
    if (closed && following != null) {
      following.close();
    }
  }

  /** Takes no more, and closes the connection after the last answer. */
  void finish() {
    boolean now;
    synchronized (this) {
      finishing = true;
      now = !answering;
    }
    if (now) {
      connection.close();
    }
  }

  private synchronized boolean finished() {
    return finishing;
  }

  /** Leaves what it follows, which stops it, and forgets what it has not begun. */
  synchronized void close() {
    closed = true;
    pending.clear();
    if (attended != null) {
      attended.close();
    }
  }
}
