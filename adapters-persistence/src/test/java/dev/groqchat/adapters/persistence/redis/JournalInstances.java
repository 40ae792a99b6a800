package dev.groqchat.adapters.persistence.redis;

import dev.groqchat.adapters.persistence.fixtures.RedisServer;
import dev.groqchat.domain.turn.TurnId;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A Redis, and the instances of a test, which are closed after it. */
final class JournalInstances
    implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback {
  /** As fast as it can be, for tests with real time in them. */
  static final JournalPace QUICK =
      new JournalPace(
          Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofMillis(20), Duration.ofMillis(50));

  private final RedisServer redis = new RedisServer();
  private final List<JournalInstance> instances = new ArrayList<>();

  @Override
  public void beforeAll(ExtensionContext context) {
    redis.beforeAll(context);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    redis.afterAll(context);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    redis.fresh();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    redis.fresh();
    instances.forEach(JournalInstance::close);
    instances.clear();
  }

  RedisServer redis() {
    return redis;
  }

  JournalInstance instance(JournalPace pace) {
    return instance(pace, 100_000, 1_000);
  }

  JournalInstance instance(JournalPace pace, int maxEvents, int maxMirrors) {
    JournalInstance instance = JournalInstance.of(redis.url(), pace, maxEvents, maxMirrors);
    instances.add(instance);
    return instance;
  }

  /** A number that Redis gives. */
  long count(Function<RedisCommands<String, String>, Long> question) {
    return redis.asked(question);
  }

  /** A key of a turn's journal. */
  static String key(TurnId turn, String what) {
    return "groqchat:{" + turn + "}:" + what;
  }
}
