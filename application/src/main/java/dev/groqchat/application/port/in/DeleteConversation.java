package dev.groqchat.application.port.in;

import dev.groqchat.domain.conversation.ConversationId;

/** Deletes a conversation. */
public interface DeleteConversation {
  /**
   * Stops what runs in it, and forgets it and its turns.
   *
   * @return whether there was one
   */
  boolean delete(Caller caller, ConversationId id);
}
