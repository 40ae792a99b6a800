package dev.groqchat.adapters.persistence.redis;

import dev.groqchat.application.port.out.BudgetStore.Edit;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.traffic.ModelBudget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The changes that one instance makes to one budget. Whoever is first makes those of all who have
 * come meanwhile, one after the other, and has the value in Redis replaced if it is still what they
 * were made to; else they are made again to what it is now. So one round trip does for all of them
 * if no other instance was faster. Thread-safe; who waits is a thread, and there are no others.
 */
final class BudgetLine {
  private static final Logger LOG = LoggerFactory.getLogger(BudgetLine.class);
  private static final RedisScript<List<Object>> REPLACE = RedisScript.list("replace");
  private static final String NONE = "";
  private static final Duration KEPT_FOR = Duration.ofDays(1);

  /** What a client should wait that lost against other instances for too long. */
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final RedisGate gate;
  private final String key;
  private final Queue<Pending<?>> waiting = new ConcurrentLinkedQueue<>();
  private final ReentrantLock first = new ReentrantLock();

  // Guarded by first.
  private String seen = NONE;
  private ModelBudget known = ModelBudget.UNKNOWN;

  BudgetLine(RedisGate gate, String key) {
    this.gate = gate;
    this.key = key;
  }

  /**
   * Makes a change.
   *
   * @throws ChatException {@link Failure.StoreUnavailable}
   */
  <T> T edit(Function<ModelBudget, Edit<T>> change) {
    Pending<T> own = new Pending<>(change);
    waiting.add(own);
    first.lock();
    try {
      if (!own.done) {
        makeAll();
      }
    } finally {
      first.unlock();
    }
    return own.outcome.get();
  }

  private void makeAll() {
    List<Pending<?>> all = new ArrayList<>();
    takeAll(all);
    try {
      replace(all);
    } catch (ChatException e) {
      // Those who have come meanwhile would only wait for the same once more.
      takeAll(all);
      all.forEach(it -> it.fail(e));
    }
    all.forEach(it -> it.done = true);
  }

  private void takeAll(List<Pending<?>> all) {
    for (Pending<?> next = waiting.poll(); next != null; next = waiting.poll()) {
      all.add(next);
    }
  }

  private void replace(List<Pending<?>> all) {
    long began = System.nanoTime();
    do {
      ModelBudget budget = known;
      for (Pending<?> each : all) {
        budget = each.make(budget);
      }
      String wanted = DomainJson.write(ModelBudget.class, budget);
      String instead = replaced(wanted);
      seen = instead == null ? wanted : instead;
      known = instead == null ? budget : budget(instead);
      if (instead == null) {
        return;
      }
      pause();
    } while (System.nanoTime() - began < LONGEST_NANOS);
    throw new ChatException(new Failure.StoreUnavailable(RETRY_AFTER));
  }

  /** What there is instead of what was seen; null if that was replaced. */
  private @Nullable String replaced(String wanted) {
    String millis = Long.toString(KEPT_FOR.toMillis());
    List<Object> said = gate.run(REPLACE, List.of(key), seen, wanted, millis);
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

  /** A change, and what came of it when it was made last. For whoever is first. */
  private static final class Pending<T> {
    private final Function<ModelBudget, Edit<T>> change;
    private Supplier<T> outcome =
        () -> {
          throw new IllegalStateException("not made yet");
        };
    private boolean done;

    Pending(Function<ModelBudget, Edit<T>> change) {
      this.change = change;
    }

    /** What it throws is for the one who asked for it, and nobody else. */
    ModelBudget make(ModelBudget before) {
      try {
        Edit<T> edit = change.apply(before);
        outcome = edit::result;
        return edit.budget();
      } catch (RuntimeException e) {
        outcome =
            () -> {
              throw e;
            };
        return before;
      } catch (Error e) {
        outcome =
            () -> {
              throw e;
            };
        return before;
      }
    }

    void fail(ChatException why) {
      outcome =
          () -> {
            throw new ChatException(why.failure(), why);
          };
    }
  }
}
