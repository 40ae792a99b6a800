package dev.groqchat.application.port.in;

import dev.groqchat.domain.conversation.Conversation;
import dev.groqchat.domain.conversation.ConversationId;
import dev.groqchat.domain.conversation.Page;
import dev.groqchat.domain.turn.TurnId;
import org.jspecify.annotations.Nullable;

/** Reads a conversation and its turns. */
public interface ReadConversation {
  /**
   * A conversation and a page of its turns.
   *
   * @param before turns before this one; null for the newest
   * @param limit how many turns, at least 1
   * @throws dev.groqchat.domain.failure.ChatException {@link
   *     dev.groqchat.domain.failure.Failure.NotFound}
   */
  View read(Caller caller, ConversationId id, @Nullable TurnId before, int limit);

  /**
   * A conversation and some of its turns.
   *
   * @param turns oldest first; the next page is older
   */
  record View(Conversation conversation, Page<ReadTurn.View, TurnId> turns) {}
}
