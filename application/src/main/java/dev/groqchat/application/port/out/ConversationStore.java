package dev.groqchat.application.port.out;

import dev.groqchat.domain.conversation.Conversation;
import dev.groqchat.domain.conversation.ConversationCursor;
import dev.groqchat.domain.conversation.ConversationKey;
import dev.groqchat.domain.conversation.Owner;
import dev.groqchat.domain.conversation.Page;
import dev.groqchat.domain.conversation.VisitorId;
import dev.groqchat.domain.failure.Failure;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps conversations; their turns are the {@link TurnStore}'s. Thread-safe. Calls may block for a
 * short, bounded time and fail with {@link Failure.StoreUnavailable}. What was idle for too long is
 * gone, as if it had been deleted.
 */
public interface ConversationStore {
  /** Keeps a new conversation, unless its key is taken: then false, and nothing is changed. */
  boolean create(Conversation conversation);

  Optional<Conversation> find(ConversationKey key);

  /**
   * An owner's conversations, newest first by the time they were begun.
   *
   * @param startedBy only those that this visitor started; null for all
   * @param after where the last page ended; null for the first page
   * @param limit at least 1
   */
  Page<Conversation, ConversationCursor> list(
      Owner owner, @Nullable VisitorId startedBy, @Nullable ConversationCursor after, int limit);

  /**
   * Changes what is kept of a conversation, other than its turns, so that no change that is made at
   * the same moment is lost.
   *
   * @param change what was kept to what will be, under the same key; pure and quick: it may be
   *     called more than once. What it throws is thrown here, and nothing is changed.
   * @return what is kept now; empty if the conversation is gone, and nothing happens then
   */
  Optional<Conversation> edit(ConversationKey key, UnaryOperator<Conversation> change);

  /** Forgets a conversation and its turns. Idempotent. */
  void delete(ConversationKey key);
}
