package dev.groqchat.application.port.in;

import dev.groqchat.domain.conversation.Conversation;
import dev.groqchat.domain.conversation.ConversationId;
import org.jspecify.annotations.Nullable;

/** Begins a conversation. */
public interface CreateConversation {
  /**
   * Begins a conversation with nothing said in it.
   *
   * @param id null for one of ours
   * @throws dev.groqchat.domain.failure.ChatException {@link
   *     dev.groqchat.domain.failure.Failure.AlreadyExists}
   */
  Conversation create(
      Caller caller, @Nullable ConversationId id, @Nullable String title, @Nullable String system);
}
