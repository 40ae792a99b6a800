package dev.groqchat.application.usecase;

import dev.groqchat.application.port.out.BudgetStore;
import dev.groqchat.application.port.out.ChatModel;
import dev.groqchat.application.port.out.ConversationStore;
import dev.groqchat.application.port.out.Instances;
import dev.groqchat.application.port.out.ModelCatalog;
import dev.groqchat.application.port.out.RateLimits;
import dev.groqchat.application.port.out.ReplyCache;
import dev.groqchat.application.port.out.Telemetry;
import dev.groqchat.application.port.out.TicketStore;
import dev.groqchat.application.port.out.TokenCounter;
import dev.groqchat.application.port.out.TurnJournal;
import dev.groqchat.application.port.out.TurnStore;

/** Everything that the use cases need from outside. */
public record Ports(
    ConversationStore conversations,
    TurnStore turns,
    TurnJournal journal,
    TicketStore tickets,
    Instances instances,
    ChatModel model,
    ModelCatalog catalog,
    TokenCounter tokens,
    RateLimits limits,
    BudgetStore budgets,
    ReplyCache replies,
    Telemetry telemetry) {}
