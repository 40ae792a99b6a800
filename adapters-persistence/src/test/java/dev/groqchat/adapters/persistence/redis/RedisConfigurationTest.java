package dev.groqchat.adapters.persistence.redis;

import static dev.groqchat.application.fixtures.Fixtures.aKey;
import static dev.groqchat.application.fixtures.Fixtures.conversation;
import static dev.groqchat.application.fixtures.TurnBuilder.turn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.groqchat.adapters.persistence.PersistenceConfiguration;
import dev.groqchat.adapters.persistence.fixtures.RedisServer;
import dev.groqchat.application.port.out.ConversationStore;
import dev.groqchat.application.port.out.Instances;
import dev.groqchat.application.port.out.TurnStore;
import dev.groqchat.domain.conversation.ConversationKey;
import dev.groqchat.domain.failure.ChatException;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.data.redis.connection.RedisConnectionFactory;

@Timeout(60)
class RedisConfigurationTest {
  @RegisterExtension static final RedisServer REDIS = new RedisServer();

  @EnableAutoConfiguration
  @Import(PersistenceConfiguration.class)
  static class Service {}

  @BeforeEach
  void fresh() {
    REDIS.fresh();
  }

  @Test
  void inMemoryThereIsNoConnectionAtAll() {
    try (ConfigurableApplicationContext service = started("groqchat.store.kind=memory")) {
      assertThat(service.getBeansOfType(RedisConnectionFactory.class)).isEmpty();
      assertThat(service.getBeansOfType(HealthIndicator.class).keySet())
          .noneMatch(it -> it.startsWith("redis"));
      assertThat(status(service)).isEqualTo(Status.UP);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"REDIS_ADDR=127.0.0.1:%d", "REDIS_ADDR=redis://127.0.0.1:%d/0"})
  void whatOneInstanceKeepsAnotherFinds(String address) {
    ConversationKey key = aKey();
    try (ConfigurableApplicationContext one = onRedis(address.formatted(REDIS.port()));
        ConfigurableApplicationContext other = onRedis(address.formatted(REDIS.port()))) {
      ConversationStore conversations = one.getBean(ConversationStore.class);
      Eventually.holds("kept", () -> conversations.create(conversation(key)));

      ConversationStore others = other.getBean(ConversationStore.class);
      Eventually.holds("found", () -> others.find(key).isPresent());
    }
  }

  @Test
  void aRedisOfSpringsOwnPropertiesServes() {
    try (ConfigurableApplicationContext service =
        onRedis("spring.data.redis.port=" + REDIS.port())) {
      Eventually.holds(
          "kept", () -> service.getBean(ConversationStore.class).create(conversation(aKey())));
    }
  }

  @Test
  void startsWithoutRedisAndIsDegradedUntilItComes() {
    REDIS.stop();
    try (ConfigurableApplicationContext service = onRedis(REDIS.url())) {
      assertThatThrownBy(() -> service.getBean(ConversationStore.class).find(aKey()))
          .isInstanceOf(ChatException.class);
      assertThat(status(service)).isEqualTo(RedisHealth.DEGRADED);

      REDIS.start();

      Eventually.holds("well", () -> status(service).equals(Status.UP));
    }
  }

  @Test
  void whoEndsAsItShouldSaysGoodbyeBeforeItsConnectionIsClosed() {
    ConfigurableApplicationContext service = onRedis(REDIS.url());
    ConversationKey key = aKey();
    Eventually.holds(
        "kept", () -> service.getBean(ConversationStore.class).create(conversation(key)));
    service.getBean(TurnStore.class).add(turn(key).queued());
    try (OneInstance other = OneInstance.on(REDIS).connected()) {
      assertThat(other.instances.orphans()).isEmpty();

      service.close();

      // Who has just come itself waits for the time of a lease before it trusts others' absence.
      Eventually.holds("an orphan", () -> other.instances.orphans().size() == 1);
    }
  }

  @Test
  void theInstanceIsOneOfMany() {
    try (ConfigurableApplicationContext service = onRedis(REDIS.url())) {
      assertThat(service.getBean(Instances.class)).isInstanceOf(RedisInstances.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:6379, redis://localhost:6379",
    ":6379, redis://localhost:6379",
    "redis://u:p@h:1/2, redis://u:p@h:1/2",
    "rediss://h:1, rediss://h:1"
  })
  void anAddressIsHostAndPortOrAUrl(String address, String url) {
    assertThat(RedisAddress.url(address)).isEqualTo(url);
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:6379, p w/@:, redis://:p%20w%2F%40%3A@localhost:6379",
    "rediss://h:1/2, p, rediss://:p@h:1/2",
    "redis://u:q@h:1, p, redis://u:q@h:1",
    "h:1, '', redis://h:1"
  })
  void aPasswordIsPartOfTheAddressUnlessThatHasOne(String address, String password, String url) {
    assertThat(RedisAddress.url(address, password)).isEqualTo(url);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://secret:secret@h:1", "redis://", "secret secret:1"})
  void aBadAddressStopsTheStartAndIsNamedButNotShown(String address) {
    assertThatThrownBy(() -> onRedis("REDIS_ADDR=" + address))
        .hasStackTraceContaining("REDIS_ADDR")
        .message()
        .doesNotContain("secret");
  }

  private static ConfigurableApplicationContext onRedis(String where) {
    String property = where.contains("=") ? where : "REDIS_ADDR=" + where;
    return started("groqchat.store.kind=redis", property);
  }

  private static ConfigurableApplicationContext started(String... properties) {
    String[] arguments = new String[properties.length];
    for (int index = 0; index < properties.length; index++) {
      arguments[index] = "--" + properties[index];
    }
    return new SpringApplicationBuilder(Service.class)
        .web(WebApplicationType.NONE)
        .properties("spring.main.banner-mode=off", "spring.data.redis.timeout=500ms")
        .run(arguments);
  }

  private static Status status(ConfigurableApplicationContext service) {
    return Objects.requireNonNull(
            service.getBean("storeHealthIndicator", HealthIndicator.class).health())
        .getStatus();
  }
}
