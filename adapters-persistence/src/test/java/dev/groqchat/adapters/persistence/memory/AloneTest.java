package dev.groqchat.adapters.persistence.memory;

import dev.groqchat.application.fixtures.FakeClock;
import dev.groqchat.application.fixtures.InstancesContract;
import dev.groqchat.application.port.out.ConversationStore;
import dev.groqchat.application.port.out.Instances;
import dev.groqchat.application.port.out.TurnStore;

class AloneTest implements InstancesContract {
  private final MemoryStores stores = new MemoryStores(Limits.WIDE, new FakeClock());

  @Override
  public Instances instances() {
    return stores.instances();
  }

  @Override
  public ConversationStore conversations() {
    return stores.conversations();
  }

  @Override
  public TurnStore turns() {
    return stores.turns();
  }
}
