package dev.groqchat.application.port.in;

import dev.groqchat.domain.conversation.Conversation;
import dev.groqchat.domain.conversation.ConversationId;
import org.jspecify.annotations.Nullable;

/** Renames a conversation, or gives it another system prompt. */
public interface EditConversation {
  /**
   * Changes what is given.
   *
   * @throws dev.groqchat.domain.failure.ChatException {@link
   *     dev.groqchat.domain.failure.Failure.NotFound}
   */
  Conversation edit(Caller caller, ConversationId id, Edit edit);

  /**
   * What to change.
   *
   * @param title null leaves it; blank removes it
   * @param system null leaves it; blank removes it
   */
  record Edit(@Nullable String title, @Nullable String system) {}
}
