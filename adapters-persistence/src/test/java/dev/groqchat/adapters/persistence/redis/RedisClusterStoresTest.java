package dev.groqchat.adapters.persistence.redis;

import dev.groqchat.adapters.persistence.fixtures.RedisCluster;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What every store keeps, kept in a cluster of three. */
@Timeout(60)
class RedisClusterStoresTest implements RedisStoresContract {
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
  public OneInstance instance() {
    return instance;
  }

  @Override
  public List<String> servers() {
    return REDIS.urls();
  }
}
