package dev.groqchat.application.usecase;

import dev.groqchat.application.port.Following;
import dev.groqchat.domain.conversation.ConversationKey;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.turn.TurnId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

/** The turns that are open on this instance, and the owner of their threads. Thread-safe. */
final class OpenTurns {
  private static final System.Logger LOG = System.getLogger(OpenTurns.class.getName());

  private final ConcurrentMap<TurnId, OpenTurn> open = new ConcurrentHashMap<>();
  private final Places places;

  OpenTurns(Places places) {
    this.places = places;
  }

  /**
   * Takes a place for a turn; {@link #run} or {@link #abandon} gives it back.
   *
   * @throws ChatException as {@link Places#admit}
   */
  void admit(OpenTurn turn) {
    places.admit(turn);
    open.put(turn.turn().id(), turn);
  }

  /** Sets an admitted turn going on a virtual thread of its own. */
  void run(OpenTurn turn, Consumer<OpenTurn> runner) {
    Thread.ofVirtual()
        .name("turn-" + turn.turn().id())
        .uncaughtExceptionHandler(
            (thread, e) -> LOG.log(System.Logger.Level.ERROR, thread.getName() + " broke", e))
        .start(() -> {
          try {
            runner.accept(turn);
          } finally {
            abandon(turn);
          }
        });
  }

  /** Gives an admitted turn's place back. */
  void abandon(OpenTurn turn) {
    open.remove(turn.turn().id(), turn);
    places.release(turn);
  }

  Optional<OpenTurn> find(TurnId id) {
    return Optional.ofNullable(open.get(id));
  }

  /** Stops all turns of a conversation. */
  void stop(ConversationKey conversation) {
    stop(
        open.values().stream()
            .filter(turn -> turn.turn().conversation().equals(conversation))
            .toList());
  }

  /** None may begin because another, which it waited for, has stopped. */
  private static void stop(List<OpenTurn> turns) {
    turns.forEach(OpenTurn::forbid);
    turns.forEach(OpenTurn::stop);
  }

  /** Counts a follower among those who keep the turn going, if it is open here. */
  Following attended(TurnId id, Following following) {
    return find(id)
        .<Following>map(turn -> new AttendedFollowing(turn.attendance(), following))
        .orElse(following);
  }
}
