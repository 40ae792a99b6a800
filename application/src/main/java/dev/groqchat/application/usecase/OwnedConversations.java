package dev.groqchat.application.usecase;

import dev.groqchat.application.port.in.Caller;
import dev.groqchat.application.port.out.ConversationStore;
import dev.groqchat.domain.conversation.Conversation;
import dev.groqchat.domain.conversation.ConversationId;
import dev.groqchat.domain.conversation.ConversationKey;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;

/** Finds conversations for those who may see them. */
final class OwnedConversations {
  private final ConversationStore store;

  OwnedConversations(ConversationStore store) {
    this.store = store;
  }

  Conversation find(Caller caller, ConversationId id) {
    return store
        .find(new ConversationKey(caller.owner(), id))
        .orElseThrow(() -> new ChatException(new Failure.NotFound("conversation")));
  }
}
