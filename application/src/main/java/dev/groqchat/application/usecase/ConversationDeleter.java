package dev.groqchat.application.usecase;

import dev.groqchat.application.port.in.Caller;
import dev.groqchat.application.port.in.DeleteConversation;
import dev.groqchat.application.port.out.ConversationStore;
import dev.groqchat.domain.conversation.ConversationId;
import dev.groqchat.domain.conversation.ConversationKey;

/** Deletes a conversation; what runs in it is stopped first. */
final class ConversationDeleter implements DeleteConversation {
  private final ConversationStore conversations;
  private final OpenTurns open;

  ConversationDeleter(Ports ports, OpenTurns open) {
    this.conversations = ports.conversations();
    this.open = open;
  }

  @Override
  public boolean delete(Caller caller, ConversationId id) {
    ConversationKey key = new ConversationKey(caller.owner(), id);
    boolean existed = conversations.find(key).isPresent();
    open.stop(key);
    conversations.delete(key);
    return existed;
  }
}
