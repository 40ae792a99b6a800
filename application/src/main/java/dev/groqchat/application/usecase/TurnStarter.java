package dev.groqchat.application.usecase;

import dev.groqchat.application.port.Following;
import dev.groqchat.application.port.in.Caller;
import dev.groqchat.application.port.in.FollowTurn;
import dev.groqchat.application.port.in.StartTurn;
import dev.groqchat.application.port.in.TurnRef;
import dev.groqchat.application.port.out.ConversationStore;
import dev.groqchat.domain.conversation.Conversation;
import dev.groqchat.domain.conversation.ConversationKey;
import dev.groqchat.domain.conversation.Message;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.traffic.Allowance;
import dev.groqchat.domain.trimming.Encoding;
import dev.groqchat.domain.turn.IdempotencyKey;
import dev.groqchat.domain.turn.Turn;
import dev.groqchat.domain.turn.TurnEvent;
import dev.groqchat.domain.turn.TurnId;
import dev.groqchat.domain.turn.TurnOptions;
import java.io.Serial;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Starts a turn: checks it, stores it, sets it going. */
final class TurnStarter implements StartTurn {
  private final Ports ports;
  private final TurnWishes wishes;
  private final OwnedTurns owned;
  private final FollowTurn followTurn;
  private final Contexts contexts;
  private final ClientLimits limits;
  private final OpenTurns open;
  private final TurnRunner runner;
  private final Timer timer;
  private final Ids ids;

  TurnStarter(
      Ports ports,
      TurnSettings settings,
      Contexts contexts,
      OpenTurns open,
      TurnRunner runner,
      FollowTurn followTurn,
      Timer timer,
      Ids ids) {
    this.ports = ports;
    this.wishes = new TurnWishes(ports, settings);
    this.owned = new OwnedTurns(ports);
    this.contexts = contexts;
    this.limits = new ClientLimits(ports);
    this.open = open;
    this.runner = runner;
    this.followTurn = followTurn;
    this.timer = timer;
    this.ids = ids;
  }

  @Override
  public Started start(Caller caller, NewTurn wish) {
    IdempotencyKey key = TurnWishes.key(wish);
    // Before there is a place for it: to attach is no work, and possible when all are taken.
    Optional<Turn> earlier =
        key == null ? Optional.empty() : ports.turns().find(caller.owner(), key);
    return earlier.isPresent() ? attached(caller, earlier.get().id()) : begun(caller, wish, key);
  }

  /** The turn that the same request has started before. */
  private Started attached(Caller caller, TurnId earlier) {
    TurnRef ref = new TurnRef(null, earlier);
    return new Started(
        owned.find(caller, ref), followTurn.follow(caller, ref, 0), Allowance.UNLIMITED);
  }

  private Started begun(Caller caller, NewTurn wish, @Nullable IdempotencyKey key) {
    TurnWishes.Asked asked = wishes.asked(caller, wish);
    Turn turn = queued(caller, wish, asked.question());
    OpenTurn opened = new OpenTurn(turn, caller, asked, timer, () -> followedElsewhere(turn.id()));
    open.admit(opened);
    try {
      return launched(opened, key);
    } catch (Repeated repeated) {
      return attached(caller, repeated.earlier);
    }
  }

  /** Who cannot be asked about does not count: they would learn nothing of the turn anyway. */
  private boolean followedElsewhere(TurnId turn) {
    try {
      return ports.journal().followedElsewhere(turn);
    } catch (ChatException _) {
      return false;
    }
  }

  private Turn queued(Caller caller, NewTurn wish, Message question) {
    TurnOptions options = wishes.options(wish);
    Encoding encoding = ports.tokens().encodingOf(options.model());
    ConversationKey conversation = new ConversationKey(caller.owner(), wish.conversation());
    return Turn.queued(
        ids.turn(),
        conversation,
        contexts.counted(question, encoding),
        options,
        ids.now(),
        wish.retryOf());
  }

  /**
   * From here on a place is taken: it is the turn's own to give back, unless it cannot be set
   * going.
   */
  private Started launched(OpenTurn opened, @Nullable IdempotencyKey key) {
    try {
      return charged(opened, key, limits.take(opened.caller().client(), cost(opened.turn())));
    } catch (RuntimeException e) {
      open.abandon(opened);
      throw e;
    }
  }

  /** From here on the client has paid; it is given back what is not used in the end. */
  private Started charged(OpenTurn opened, @Nullable IdempotencyKey key, Allowance allowance) {
    Turn turn = opened.turn();
    try {
      speakIn(turn, opened.caller());
      ports.journal().open(turn.id());
      return going(opened, key, allowance);
    } catch (RuntimeException e) {
      settle(opened, 0);
      throw e;
    }
  }

  private void run(OpenTurn opened) {
    long used = 0;
    try {
      used = runner.run(opened);
    } finally {
      settle(opened, used);
    }
  }

  private void settle(OpenTurn opened, long used) {
    limits.settle(opened.caller().client(), cost(opened.turn()), used);
  }

  /** What a turn may cost, as far as that is known before its context is. */
  private static long cost(Turn turn) {
    return (long) turn.question().cost() + turn.options().maxTokens();
  }

  /**
   * From here on there is a journal: one without an ending would be kept, and followed, for ever.
   */
  private Started going(OpenTurn opened, @Nullable IdempotencyKey key, Allowance allowance) {
    Turn turn = opened.turn();
    Following following = null;
    try {
      following = ports.journal().follow(turn.id(), 0).orElseThrow();
      // Counted before others can find the turn: it must not be theirs alone to leave.
      Following first = new AttendedFollowing(opened.attendance(), following);
      Optional<TurnId> earlier = ports.turns().add(turn, key);
      if (earlier.isPresent()) {
        throw new Repeated(earlier.get());
      }
      open.run(opened, this::run);
      return new Started(turn, first, allowance);
    } catch (RuntimeException e) {
      withdraw(turn, following, e);
      throw e;
    }
  }

  private void withdraw(Turn turn, @Nullable Following following, RuntimeException cause) {
    Failure failure = cause instanceof ChatException e ? e.failure() : new Failure.Internal();
    try (following) {
      ports.journal().append(turn.id(), List.of(new TurnEvent.Failed(failure)));
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
  }

  /** Begins the turn's conversation, if it does not exist. */
  private void speakIn(Turn turn, Caller caller) {
    ConversationStore conversations = ports.conversations();
    ConversationKey key = turn.conversation();
    Instant now = turn.createdAt();
    String title = Conversation.titleFrom(turn.question().message());
    UnaryOperator<Conversation> speak =
        it -> it.title() == null ? it.renamed(title, now) : it.spokenIn(now);
    if (conversations.edit(key, speak).isEmpty()
        && !conversations.create(Conversation.begin(key, title, null, caller.visitor(), now))) {
      // Somebody else has begun it in between: then it is theirs, and only spoken in.
      Optional<Conversation> _ = conversations.edit(key, speak);
    }
  }

  /** The request has started a turn before: everything begun for another one is taken back. */
  private static final class Repeated extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private final transient TurnId earlier;

    Repeated(TurnId earlier) {
      super("repeated", null, false, false);
      this.earlier = earlier;
    }
  }
}
