package dev.groqchat.application.usecase.admission;

import dev.groqchat.application.port.out.BudgetStore;
import dev.groqchat.application.port.out.BudgetStore.Edit;
import dev.groqchat.domain.model.ModelId;
import dev.groqchat.domain.traffic.ModelBudget;
import dev.groqchat.domain.traffic.Taking;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The provider's budgets as far as they can be reached: where they cannot, turns go by what was
 * known of them last, and by what is heard here since. Thread-safe; calls block for as long as the
 * store's do.
 */
final class Budgets {
  private static final System.Logger LOG = System.getLogger(Budgets.class.getName());

  /** Of so many models the budget is remembered here: clients name models as they like. */
  static final int MOST = 100;

  private final BudgetStore store;
  private final InstantSource clock;
  private final int perMinute;
  private final AtomicBoolean away = new AtomicBoolean();
  private final ReentrantLock lock = new ReentrantLock();

  /** As they were seen last; least recently seen first. Guarded by lock. */
  private final LinkedHashMap<ModelId, ModelBudget> seen = new LinkedHashMap<>();

  Budgets(BudgetStore store, InstantSource clock, int perMinute) {
    this.store = store;
    this.clock = clock;
    this.perMinute = perMinute;
  }

  /** Asks for room. */
  Taking take(Wish wish) {
    return edit(
        wish.model(),
        budget -> {
          Taking taken = budget.take(clock.instant(), wish.id(), wish.cost(), perMinute);
          return new Edit<>(taken.budget(), taken);
        });
  }

  /** Takes note of something; what is there now. */
  ModelBudget note(ModelId model, UnaryOperator<ModelBudget> change) {
    return edit(
        model,
        budget -> {
          ModelBudget changed = change.apply(budget);
          return new Edit<>(changed, changed);
        });
  }

  /** As it was seen last. Does not ask the store. */
  ModelBudget seen(ModelId model) {
    lock.lock();
    try {
      return seen.getOrDefault(model, ModelBudget.UNKNOWN);
    } finally {
      lock.unlock();
    }
  }

  private <T> T edit(ModelId model, Function<ModelBudget, Edit<T>> change) {
    try {
      Edit<T> done =
          store.edit(
              model,
              budget -> {
                Edit<T> edit = change.apply(budget);
                return new Edit<>(edit.budget(), edit);
              });
      away.set(false);
      return seen(model, _ -> done);
    } catch (RuntimeException e) {
      complain(e);
      return seen(model, change);
    }
  }

  private <T> T seen(ModelId model, Function<ModelBudget, Edit<T>> change) {
    lock.lock();
    try {
      Edit<T> edit = change.apply(seen.getOrDefault(model, ModelBudget.UNKNOWN));
      seen.putLast(model, edit.budget());
      if (seen.size() > MOST) {
        seen.pollFirstEntry();
      }
      return edit.result();
    } finally {
      lock.unlock();
    }
  }

  /** Once, until it is back: a store that is away is away for every turn. */
  private void complain(RuntimeException cause) {
    if (!away.getAndSet(true)) {
      LOG.log(System.Logger.Level.WARNING, "turns go on without the shared budget", cause);
    }
  }
}
