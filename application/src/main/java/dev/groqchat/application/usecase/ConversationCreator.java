package dev.groqchat.application.usecase;

import dev.groqchat.application.port.in.Caller;
import dev.groqchat.application.port.in.CreateConversation;
import dev.groqchat.application.port.out.ConversationStore;
import dev.groqchat.domain.conversation.Conversation;
import dev.groqchat.domain.conversation.ConversationId;
import dev.groqchat.domain.conversation.ConversationKey;
import dev.groqchat.domain.conversation.MessageRules;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Begins a conversation. */
final class ConversationCreator implements CreateConversation {
  private final ConversationStore conversations;
  private final MessageRules rules;
  private final Ids ids;

  ConversationCreator(Ports ports, TurnSettings settings, Ids ids) {
    this.conversations = ports.conversations();
    this.rules = settings.rules();
    this.ids = ids;
  }

  @Override
  public Conversation create(
      Caller caller, @Nullable ConversationId id, @Nullable String title, @Nullable String system) {
    ConversationId chosen = Objects.requireNonNullElseGet(id, ids::conversation);
    ConversationKey key = new ConversationKey(caller.owner(), chosen);
    String named = title == null || title.isBlank() ? null : title.strip();
    Conversation conversation =
        Conversation.begin(key, named, rules.system(system), caller.visitor(), ids.now());
    if (!conversations.create(conversation)) {
      throw new ChatException(new Failure.AlreadyExists("conversation"));
    }
    return conversation;
  }
}
