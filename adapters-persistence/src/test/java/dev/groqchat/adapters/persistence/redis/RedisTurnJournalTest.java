package dev.groqchat.adapters.persistence.redis;

import dev.groqchat.adapters.persistence.fixtures.RedisServer;
import dev.groqchat.application.fixtures.TurnJournalContract;
import dev.groqchat.application.port.out.TurnJournal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Written and followed on one instance. */
class RedisTurnJournalTest implements TurnJournalContract.Bounded {
  @RegisterExtension static final RedisServer REDIS = new RedisServer();

  private final List<JournalInstance> instances = new ArrayList<>();
  private final JournalInstance one = started(JournalInstance.of(REDIS.url()));

  @Override
  public TurnJournal journal() {
    return one.journal();
  }

  @Override
  public TurnJournal journalKeeping(int events) {
    JournalInstance few = JournalInstance.of(REDIS.url(), JournalPace.DEFAULT, events, 1);
    return started(few).journal();
  }

  private JournalInstance started(JournalInstance instance) {
    instances.add(instance);
    return instance;
  }

  @AfterEach
  void close() {
    instances.forEach(JournalInstance::close);
  }
}
