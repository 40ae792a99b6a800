package dev.groqchat.adapters.persistence;

import static dev.groqchat.application.fixtures.Fixtures.aKey;
import static dev.groqchat.application.fixtures.Fixtures.aTurnId;
import static dev.groqchat.application.fixtures.Fixtures.conversation;
import static dev.groqchat.application.fixtures.TurnBuilder.turn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.groqchat.adapters.persistence.PersistenceProperties.Kind;
import dev.groqchat.application.port.out.ConversationStore;
import dev.groqchat.application.port.out.TurnJournal;
import dev.groqchat.application.port.out.TurnStore;
import dev.groqchat.domain.conversation.Conversation;
import dev.groqchat.domain.turn.Turn;
import dev.groqchat.domain.turn.TurnId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.unit.DataSize;

class PersistenceConfigurationTest {
  @Test
  void defaultsAreThoseOfTheContract() {
    try (var context = started(Map.of())) {
      assertThat(context.getBean(PersistenceProperties.class))
          .isEqualTo(
              new PersistenceProperties(
                  Kind.MEMORY,
                  Duration.ofHours(24),
                  Duration.ofMinutes(10),
                  new PersistenceProperties.Memory(
                      DataSize.ofMegabytes(256), DataSize.ofMegabytes(256), 100_000),
                  new PersistenceProperties.Redis(
                      Duration.ofMillis(150),
                      Duration.ofSeconds(5),
                      Duration.ofMillis(1500),
                      10_000,
                      100_000)));
    }
  }

  @Test
  void everyPropertyCanBeSet() {
    Map<String, Object> properties =
        Map.ofEntries(
            Map.entry("groqchat.store.kind", "memory"),
            Map.entry("groqchat.store.session-ttl", "1h"),
            Map.entry("groqchat.store.journal-retention", "20m"),
            Map.entry("groqchat.store.memory.max-conversations", "1GB"),
            Map.entry("groqchat.store.memory.max-journals", "64MB"),
            Map.entry("groqchat.store.memory.max-journal-events", "50"),
            Map.entry("groqchat.store.redis.patience", "1s"),
            Map.entry("groqchat.store.redis.lease", "3s"),
            Map.entry("groqchat.store.redis.renewal", "2s"),
            Map.entry("groqchat.store.redis.max-turns", "7"),
            Map.entry("groqchat.store.redis.max-listed", "8"));
    try (var context = started(properties)) {
      assertThat(context.getBean(PersistenceProperties.class))
          .isEqualTo(
              new PersistenceProperties(
                  Kind.MEMORY,
                  Duration.ofHours(1),
                  Duration.ofMinutes(20),
                  new PersistenceProperties.Memory(
                      DataSize.ofGigabytes(1), DataSize.ofMegabytes(64), 50),
                  new PersistenceProperties.Redis(
                      Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(2), 7, 8)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "groqchat.store.kind, paper",
    "groqchat.store.session-ttl, 0s",
    "groqchat.store.session-ttl, soon",
    "groqchat.store.journal-retention, -1s",
    "groqchat.store.memory.max-conversations, 0B",
    "groqchat.store.memory.max-journals, 0B",
    "groqchat.store.memory.max-journal-events, 0",
    "groqchat.store.redis.patience, 0s",
    "groqchat.store.redis.lease, 1500ms",
    "groqchat.store.redis.renewal, 0s",
    "groqchat.store.redis.max-turns, 0",
    "groqchat.store.redis.max-listed, 0"
  })
  void aBadValueStopsTheStartAndIsNamed(String property, String value) {
    assertThatThrownBy(() -> started(Map.of(property, value)))
        .isInstanceOf(BeanCreationException.class)
        .hasStackTraceContaining(property);
  }

  @Test
  void theTurnsAreThoseOfTheConversations() {
    try (var context = started(Map.of())) {
      Conversation conversation = conversation(aKey());
      Turn turn = turn(conversation.key()).queued();
      context.getBean(ConversationStore.class).create(conversation);
      context.getBean(TurnStore.class).add(turn);

      context.getBean(ConversationStore.class).delete(conversation.key());

      assertThat(context.getBean(TurnStore.class).find(conversation.key().owner(), turn.id()))
          .isEmpty();
    }
  }

  @Test
  void theApplicationsClockIsUsedIfItHasOne() {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    try (var context = context(Map.of())) {
      context.registerBean(InstantSource.class, () -> now::get);
      context.refresh();
      Conversation conversation = conversation(aKey());
      context.getBean(ConversationStore.class).create(conversation);

      now.set(Instant.EPOCH.plus(Duration.ofHours(25)));

      assertThat(context.getBean(ConversationStore.class).find(conversation.key())).isEmpty();
    }
  }

  @Test
  void thereIsAJournal() {
    try (var context = started(Map.of())) {
      TurnId turn = aTurnId();
      context.getBean(TurnJournal.class).open(turn);

      assertThat(context.getBean(TurnJournal.class).progress(turn)).isPresent();
    }
  }

  private static AnnotationConfigApplicationContext started(Map<String, Object> properties) {
    AnnotationConfigApplicationContext context = context(properties);
    context.refresh();
    return context;
  }

  private static AnnotationConfigApplicationContext context(Map<String, ?> properties) {
    AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(new MapPropertySource("test", Map.copyOf(properties)));
    context.register(PersistenceConfiguration.class);
    return context;
  }
}
