package dev.groqchat.application.usecase;

import dev.groqchat.application.port.Following;
import dev.groqchat.domain.conversation.ConversationKey;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.turn.TurnId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * The turns that are open on this instance, and the owner of their threads. Bounded. Thread-safe.
 * Closing stops them all and waits for them.
 */
final class OpenTurns implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(OpenTurns.class.getName());

  /**
   * What a client that found no place should wait; a turn at a provider such as Groq takes about as
   * long.
   */
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  /** What a client should wait that a shutdown has turned away; a new instance starts in less. */
  static final Duration RETRY_AFTER_DRAIN = Duration.ofSeconds(5);

  private static final Duration LONGEST_END = Duration.ofSeconds(10);

  private final ConcurrentMap<TurnId, OpenTurn> open = new ConcurrentHashMap<>();
  private final Semaphore places;
  private volatile boolean draining;

  OpenTurns(int most) {
    this.places = new Semaphore(most);
  }

  /**
   * Takes a place for a turn; {@link #run} or {@link #abandon} gives it back.
   *
   * @throws ChatException {@link Failure.TooBusy} if there is none left, {@link
   *     Failure.ShuttingDown} once this drains
   */
  void admit(OpenTurn turn) {
    if (!places.tryAcquire()) {
      throw refused();
    }
    open.put(turn.turn().id(), turn);
    // Asked last: either this sees the drain, or the drain sees the turn.
    if (draining) {
      abandon(turn);
      throw refused();
    }
  }

  private ChatException refused() {
    return new ChatException(
        draining ? new Failure.ShuttingDown(RETRY_AFTER_DRAIN) : new Failure.TooBusy(RETRY_AFTER));
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
    if (open.remove(turn.turn().id(), turn)) {
      places.release();
    }
    turn.over();
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

  int size() {
    return open.size();
  }

  boolean draining() {
    return draining;
  }

  /**
   * Takes no more turns, lets those that are open come to their end, and ends what is left when
   * patience does, or when the caller is interrupted.
   */
  void drain(Duration patience) {
    draining = true;
    if (!awaitAll(patience)) {
      List<OpenTurn> left = List.copyOf(open.values());
      // Marked first, all of them: none may begin because another, which it waited for, has ended.
      left.forEach(OpenTurn::forbidForShutdown);
      left.forEach(OpenTurn::stop);
      awaitAll(LONGEST_END);
    }
  }

  /** Whether all ended in time. To be interrupted is to have no more time. */
  private boolean awaitAll(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      for (OpenTurn turn : open.values()) {
        if (!turn.awaitOver(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))) {
          return false;
        }
      }
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    drain(Duration.ZERO);
  }
}
