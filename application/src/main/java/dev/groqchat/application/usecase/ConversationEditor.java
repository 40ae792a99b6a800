package dev.groqchat.application.usecase;

import dev.groqchat.application.port.in.Caller;
import dev.groqchat.application.port.in.EditConversation;
import dev.groqchat.application.port.out.ConversationStore;
import dev.groqchat.domain.conversation.Conversation;
import dev.groqchat.domain.conversation.ConversationId;
import dev.groqchat.domain.conversation.ConversationKey;
import dev.groqchat.domain.conversation.MessageRules;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import java.time.Instant;

/** Renames a conversation, or gives it another system prompt. */
final class ConversationEditor implements EditConversation {
  private final ConversationStore conversations;
  private final MessageRules rules;
  private final Ids ids;

  ConversationEditor(Ports ports, TurnSettings settings, Ids ids) {
    this.conversations = ports.conversations();
    this.rules = settings.rules();
    this.ids = ids;
  }

  @Override
  public Conversation edit(Caller caller, ConversationId id, Edit edit) {
    Instant now = ids.now();
    return conversations
        .edit(new ConversationKey(caller.owner(), id), it -> edited(it, edit, now))
        .orElseThrow(() -> new ChatException(new Failure.NotFound("conversation")));
  }

  private Conversation edited(Conversation conversation, Edit edit, Instant now) {
    Conversation edited = conversation;
    if (edit.title() != null) {
      edited = edited.renamed(edit.title().isBlank() ? null : edit.title().strip(), now);
    }
    if (edit.system() != null) {
      edited = edited.instructed(rules.system(edit.system()), now);
    }
    return edited;
  }
}
