package dev.groqchat.adapters.persistence.redis;

import dev.groqchat.application.fixtures.ConversationStoreContract;
import dev.groqchat.application.fixtures.TicketStoreContract;
import dev.groqchat.application.fixtures.TurnStoreContract;
import dev.groqchat.application.port.out.ConversationStore;
import dev.groqchat.application.port.out.TicketStore;
import dev.groqchat.application.port.out.TurnStore;
import java.time.Duration;
import java.util.List;

/** What every store keeps, kept in Redis, be it one server or a cluster. */
interface RedisStoresContract
    extends ConversationStoreContract, TurnStoreContract, TicketStoreContract {
  OneInstance instance();

  /** All servers that keep something. */
  List<String> servers();

  @Override
  default ConversationStore conversations() {
    return instance().conversations;
  }

  @Override
  default TurnStore turns() {
    return instance().turns;
  }

  @Override
  default TicketStore tickets() {
    return instance().tickets;
  }

  @Override
  default boolean timePasses(Duration time) {
    Ageing.by(time, servers());
    return true;
  }

  @Override
  default Duration grain() {
    return Duration.ofSeconds(10);
  }
}
