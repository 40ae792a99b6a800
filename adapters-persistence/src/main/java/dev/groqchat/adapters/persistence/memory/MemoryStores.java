package dev.groqchat.adapters.persistence.memory;

import dev.groqchat.application.port.out.BudgetStore;
import dev.groqchat.application.port.out.ConversationStore;
import dev.groqchat.application.port.out.Instances;
import dev.groqchat.application.port.out.TicketStore;
import dev.groqchat.application.port.out.TurnJournal;
import dev.groqchat.application.port.out.TurnStore;
import java.time.InstantSource;

/**
 * The stores of one process. They start no threads and need no closing: what is too old or too much
 * is swept out by those who write.
 */
public final class MemoryStores {
  /** About 40 MB at their longest. */
  private static final int MOST_KEYS = 100_000;

  /** At once; each is good for seconds. */
  private static final int MOST_TICKETS = 10_000;

  private static final int MOST_BUDGETS = 1_000;

  private final ConversationStore conversations;
  private final TurnStore turns;
  private final TurnJournal journal;
  private final TicketStore tickets;
  private final BudgetStore budgets = new MemoryBudgetStore(MOST_BUDGETS);

  public MemoryStores(MemoryLimits limits, InstantSource clock) {
    ConversationSpace space =
        new ConversationSpace(limits.maxConversationBytes(), limits.sessionTtl(), clock);
    conversations = new MemoryConversationStore(space);
    turns = new MemoryTurnStore(space, new UsedKeys(MOST_KEYS, clock));
    journal = new MemoryTurnJournal(limits, clock);
    tickets = new MemoryTicketStore(MOST_TICKETS, clock);
  }

  public ConversationStore conversations() {
    return conversations;
  }

  /** Of the conversations in {@link #conversations()}. */
  public TurnStore turns() {
    return turns;
  }

  public TurnJournal journal() {
    return journal;
  }

  public TicketStore tickets() {
    return tickets;
  }

  public BudgetStore budgets() {
    return budgets;
  }

  public Instances instances() {
    return new Alone();
  }
}
