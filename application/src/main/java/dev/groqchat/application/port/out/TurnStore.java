package dev.groqchat.application.port.out;

import dev.groqchat.domain.conversation.ConversationKey;
import dev.groqchat.domain.conversation.Owner;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.turn.IdempotencyKey;
import dev.groqchat.domain.turn.Turn;
import dev.groqchat.domain.turn.TurnId;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the turns of conversations in the order in which they were added, which is the order in
 * which they run: the line of a conversation is its turns that have not ended. Thread-safe. Calls
 * may block for a short, bounded time, except {@link #awaitHead}, and fail with {@link
 * Failure.StoreUnavailable}.
 *
 * <p>Has one method more than a port should: a repeated request is found without being added, so
 * that it attaches even where nothing new is taken.
 */
public interface TurnStore {
  /**
   * Adds a turn at the end of its conversation.
   *
   * @throws dev.groqchat.domain.failure.ChatException {@link Failure.NotFound} if the conversation
   *     is gone
   */
  default void add(Turn turn) {
    Optional<TurnId> _ = add(turn, null);
  }

  /**
   * Adds a turn at the end of its conversation, unless its owner has used this key before, within
   * {@link IdempotencyKey#KEPT}, for a turn that is still kept: then nothing is added.
   *
   * @param key null for none
   * @return the earlier turn; empty if this one was added
   * @throws dev.groqchat.domain.failure.ChatException {@link Failure.NotFound} if the conversation
   *     is gone, {@link Failure.KeyReused} if the key stands for another request
   */
  Optional<TurnId> add(Turn turn, @Nullable IdempotencyKey key);

  /**
   * Replaces what is kept of a turn. One that has ended leaves the line, and the next is woken.
   * Nothing happens if the conversation is gone, or if what is kept has ended already.
   */
  void update(Turn turn);

  /** A turn, if it is this owner's. */
  Optional<Turn> find(Owner owner, TurnId id);

  /**
   * The turn that a key stands for: the one that {@link #add(Turn, IdempotencyKey)} would give.
   *
   * @throws dev.groqchat.domain.failure.ChatException {@link Failure.KeyReused} if the key stands
   *     for another request
   */
  Optional<Turn> find(Owner owner, IdempotencyKey key);

  /**
   * The turns of a conversation before a given one, newest first.
   *
   * @param before exclusive; null to begin at the newest. One that is gone gives none.
   * @param limit at least 1
   */
  List<Turn> before(ConversationKey conversation, @Nullable TurnId before, int limit);

  /**
   * Blocks until no earlier turn of the conversation is left in its line, or the turn itself has
   * left it.
   *
   * @param ahead told how many are, whenever that changes, in the waiting thread; never told 0
   * @throws dev.groqchat.domain.failure.ChatException {@link Failure.NotFound} if the turn is gone
   */
  void awaitHead(ConversationKey conversation, TurnId id, IntConsumer ahead)
      throws InterruptedException;
}
