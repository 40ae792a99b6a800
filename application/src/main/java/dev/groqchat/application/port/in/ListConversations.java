package dev.groqchat.application.port.in;

import dev.groqchat.domain.conversation.Conversation;
import dev.groqchat.domain.conversation.ConversationCursor;
import dev.groqchat.domain.conversation.Page;
import org.jspecify.annotations.Nullable;

/** Lists a caller's conversations, newest first. */
public interface ListConversations {
  /**
   * A page of the owner's conversations; in the shared space only of those that the caller's own
   * browser started.
   *
   * @param after null for the first page
   * @param limit at least 1
   */
  Page<Conversation, ConversationCursor> list(
      Caller caller, @Nullable ConversationCursor after, int limit);
}
