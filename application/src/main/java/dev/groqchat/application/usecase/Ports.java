package dev.groqchat.application.usecase;

import dev.groqchat.application.port.out.ChatModel;
import dev.groqchat.application.port.out.ConversationStore;
import dev.groqchat.application.port.out.ModelCatalog;
import dev.groqchat.application.port.out.TicketStore;
import dev.groqchat.application.port.out.TokenCounter;
import dev.groqchat.application.port.out.TurnJournal;
import dev.groqchat.application.port.out.TurnStore;

/** Everything that the use cases need from outside. */
public record Ports(
    ConversationStore conversations,
    TurnStore turns,
    TurnJournal journal,
    ChatModel model,
    ModelCatalog catalog,
    TokenCounter tokens,
    TicketStore tickets) {}
