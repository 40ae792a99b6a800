package dev.groqchat.adapters.persistence.memory;

import dev.groqchat.application.fixtures.ConversationStoreContract;
import dev.groqchat.application.fixtures.FakeClock;
import dev.groqchat.application.port.out.ConversationStore;

class MemoryConversationStoreTest implements ConversationStoreContract {
  private final MemoryStores stores = new MemoryStores(Limits.WIDE, new FakeClock());

  @Override
  public ConversationStore conversations() {
    return stores.conversations();
  }
}
