package dev.groqchat.adapters.persistence.redis;

import dev.groqchat.adapters.persistence.fixtures.RedisCluster;
import dev.groqchat.application.fixtures.ConversationStoreContract;
import dev.groqchat.application.fixtures.TicketStoreContract;
import dev.groqchat.application.fixtures.TurnStoreContract;
import dev.groqchat.application.port.out.ConversationStore;
import dev.groqchat.application.port.out.TicketStore;
import dev.groqchat.application.port.out.TurnStore;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What every store keeps, kept in a cluster of three. */
@Timeout(60)
class RedisClusterStoresTest
    implements ConversationStoreContract, TurnStoreContract, TicketStoreContract {
  @RegisterExtension static final RedisCluster REDIS = new RedisCluster();

  @SuppressWarnings("NullAway.Init") // Before all tests.
  private static OneInstance instance;

  @BeforeAll
  static void connect() {
    instance = OneInstance.on(REDIS).connected();
  }

  @AfterAll
  static void disconnect() {
    instance.close();
  }

  @Override
  public ConversationStore conversations() {
    return instance.conversations;
  }

  @Override
  public TurnStore turns() {
    return instance.turns;
  }

  @Override
  public TicketStore tickets() {
    return instance.tickets;
  }

  @Override
  public boolean timePasses(Duration time) {
    Ageing.by(time, REDIS.urls());
    return true;
  }

  @Override
  public Duration grain() {
    return Duration.ofSeconds(10);
  }
}
