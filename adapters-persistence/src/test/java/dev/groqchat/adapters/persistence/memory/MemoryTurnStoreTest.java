package dev.groqchat.adapters.persistence.memory;

import dev.groqchat.application.fixtures.FakeClock;
import dev.groqchat.application.fixtures.TurnStoreContract;
import dev.groqchat.application.port.out.ConversationStore;
import dev.groqchat.application.port.out.TurnStore;
import java.time.Duration;

class MemoryTurnStoreTest implements TurnStoreContract {
  private final FakeClock clock = new FakeClock();
  private final MemoryStores stores = new MemoryStores(Limits.WIDE, clock);

  @Override
  public ConversationStore conversations() {
    return stores.conversations();
  }

  @Override
  public TurnStore turns() {
    return stores.turns();
  }

  @Override
  public boolean timePasses(Duration time) {
    clock.pass(time);
    return true;
  }
}
