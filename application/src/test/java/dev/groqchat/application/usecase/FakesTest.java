package dev.groqchat.application.usecase;

import dev.groqchat.application.fixtures.BudgetStoreContract;
import dev.groqchat.application.fixtures.ConversationStoreContract;
import dev.groqchat.application.fixtures.FakeBudgetStore;
import dev.groqchat.application.fixtures.FakeConversationStore;
import dev.groqchat.application.fixtures.FakeReplyCache;
import dev.groqchat.application.fixtures.FakeTurnJournal;
import dev.groqchat.application.fixtures.Fakes;
import dev.groqchat.application.fixtures.ReplyCacheContract;
import dev.groqchat.application.fixtures.TicketStoreContract;
import dev.groqchat.application.fixtures.TurnJournalContract;
import dev.groqchat.application.fixtures.TurnStoreContract;
import dev.groqchat.application.port.out.BudgetStore;
import dev.groqchat.application.port.out.ConversationStore;
import dev.groqchat.application.port.out.ReplyCache;
import dev.groqchat.application.port.out.TicketStore;
import dev.groqchat.application.port.out.TurnJournal;
import dev.groqchat.application.port.out.TurnStore;
import java.time.Duration;
import org.junit.jupiter.api.Nested;

/** What the use cases are tested with keeps what is asked of the real ones. */
class FakesTest {
  @Nested
  class Conversations implements ConversationStoreContract {
    private final FakeConversationStore store = new FakeConversationStore();

    @Override
    public ConversationStore conversations() {
      return store;
    }
  }

  @Nested
  class Turns implements TurnStoreContract {
    private final Fakes fakes = Fakes.fresh();

    @Override
    public ConversationStore conversations() {
      return fakes.conversations();
    }

    @Override
    public TurnStore turns() {
      return fakes.turns();
    }

    @Override
    public boolean timePasses(Duration time) {
      fakes.clock().pass(time);
      return true;
    }
  }

  @Nested
  class Journals implements TurnJournalContract {
    private final FakeTurnJournal journal = new FakeTurnJournal();

    @Override
    public TurnJournal journal() {
      return journal;
    }
  }

  @Nested
  class Tickets implements TicketStoreContract {
    private final Fakes fakes = Fakes.fresh();

    @Override
    public TicketStore tickets() {
      return fakes.tickets();
    }

    @Override
    public boolean timePasses(Duration time) {
      fakes.clock().pass(time);
      return true;
    }
  }

  @Nested
  class Budgets implements BudgetStoreContract {
    private final FakeBudgetStore budgets = new FakeBudgetStore();

    @Override
    public BudgetStore budgets() {
      return budgets;
    }
  }

  @Nested
  class Replies implements ReplyCacheContract {
    private final FakeReplyCache replies = new FakeReplyCache();

    @Override
    public ReplyCache replies() {
      return replies;
    }
  }
}
