package dev.groqchat.adapters.persistence.memory;

import dev.groqchat.application.fixtures.FakeClock;
import dev.groqchat.application.fixtures.TurnJournalContract;
import dev.groqchat.application.port.out.TurnJournal;

class MemoryTurnJournalTest implements TurnJournalContract.Bounded {
  private final MemoryStores stores = new MemoryStores(Limits.WIDE, new FakeClock());

  @Override
  public TurnJournal journal() {
    return stores.journal();
  }

  @Override
  public TurnJournal journalKeeping(int events) {
    return new MemoryStores(Limits.journalEvents(events), new FakeClock()).journal();
  }
}
