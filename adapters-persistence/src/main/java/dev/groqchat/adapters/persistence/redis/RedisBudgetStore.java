package dev.groqchat.adapters.persistence.redis;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.groqchat.application.port.out.BudgetStore;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.model.ModelId;
import dev.groqchat.domain.traffic.ModelBudget;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Budgets for all instances: one value for each model, replaced if it is still what the change was
 * made to; else the change is made again to what it is now. One round trip if no other instance was
 * faster.
 */
final class RedisBudgetStore implements BudgetStore {
  private static final Logger LOG = LoggerFactory.getLogger(RedisBudgetStore.class);
  private static final RedisScript<List<Object>> REPLACE = RedisScript.list("replace");
  private static final String KEYS = "groqchat:budget:";
  private static final String NONE = "";
  private static final Duration KEPT_FOR = Duration.ofDays(1);

  /** What a client should wait that lost against all others for too long. */
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Long enough for others to be done, short enough not to add up when Redis is away. */
  private static final long LINE_MILLIS = 50;

  private static final long MOST_SEEN = 1_000;
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

  private final RedisGate gate;
  private final ReentrantLock[] lines = new ReentrantLock[64];
  private final Cache<ModelId, String> lastSeen =
      Caffeine.newBuilder().maximumSize(MOST_SEEN).executor(Runnable::run).build();

  RedisBudgetStore(RedisGate gate) {
    this.gate = gate;
    for (int each = 0; each < lines.length; each++) {
      lines[each] = new ReentrantLock();
    }
  }

  /** One after the other within an instance, so that they do not make each other try again. */
  @Override
  public <T> T edit(ModelId model, Function<ModelBudget, Edit<T>> change) {
    ReentrantLock line = lines[Math.floorMod(model.hashCode(), lines.length)];
    boolean first = inLine(line);
    try {
      return replaced(model, change);
    } finally {
      if (first) {
        line.unlock();
      }
    }
  }

  /** Who waits for too long goes on without: the line saves work, it does not keep things right. */
  private static boolean inLine(ReentrantLock line) {
    try {
      return line.tryLock(LINE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return line.tryLock();
    }
  }

  private <T> T replaced(ModelId model, Function<ModelBudget, Edit<T>> change) {
    long began = System.nanoTime();
    String seen = lastSeen.get(model, _ -> NONE);
    do {
      Edit<T> edit = change.apply(budget(seen));
      String wanted = DomainJson.write(ModelBudget.class, edit.budget());
      String instead = replace(model, seen, wanted);
      lastSeen.put(model, instead == null ? wanted : instead);
      if (instead == null) {
        return edit.result();
      }
      seen = instead;
      pause();
    } while (System.nanoTime() - began < LONGEST_NANOS);
    throw new ChatException(new Failure.StoreUnavailable(RETRY_AFTER));
  }

  /** What there is instead of what was seen; null if that was replaced. */
  private @Nullable String replace(ModelId model, String seen, String wanted) {
    String millis = Long.toString(KEPT_FOR.toMillis());
    List<Object> said = gate.run(REPLACE, List.of(KEYS + model), seen, wanted, millis);
    return said.size() == 1 ? null : said.getLast().toString();
  }

  /** So that two instances do not keep getting into each other's way. */
  private static void pause() {
    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(LONGEST_PAUSE_NANOS));
  }

  /** What cannot be read is as good as nothing: a provider tells again how it stands. */
  private static ModelBudget budget(String json) {
    try {
      return json.equals(NONE) ? ModelBudget.UNKNOWN : DomainJson.read(ModelBudget.class, json);
    } catch (RuntimeException e) {
      LOG.warn("a budget that cannot be read is begun anew", e);
      return ModelBudget.UNKNOWN;
    }
  }
}
