package dev.groqchat.application.usecase;

import dev.groqchat.application.port.in.Caller;
import dev.groqchat.application.port.in.ListConversations;
import dev.groqchat.application.port.out.ConversationStore;
import dev.groqchat.domain.conversation.Conversation;
import dev.groqchat.domain.conversation.ConversationCursor;
import dev.groqchat.domain.conversation.Page;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists a caller's conversations. In the shared space a caller without a cookie sees none. */
final class ConversationLister implements ListConversations {
  private final ConversationStore conversations;

  ConversationLister(Ports ports) {
    this.conversations = ports.conversations();
  }

  @Override
  public Page<Conversation, ConversationCursor> list(
      Caller caller, @Nullable ConversationCursor after, int limit) {
    if (!caller.owner().shared()) {
      return conversations.list(caller.owner(), null, after, limit);
    }
    return caller.visitor() == null
        ? new Page<>(List.of(), null)
        : conversations.list(caller.owner(), caller.visitor(), after, limit);
  }
}
