package dev.groqchat.application.usecase.admission;

import dev.groqchat.application.port.out.BudgetStore;
import dev.groqchat.domain.model.ModelId;
import dev.groqchat.domain.traffic.ModelBudget;
import dev.groqchat.domain.traffic.Taking;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The provider's budgets as far as they can be reached: where they cannot, turns go on without.
 * Thread-safe; calls block for as long as the store's do.
 */
final class Budgets {
  private static final System.Logger LOG = System.getLogger(Budgets.class.getName());

  private final BudgetStore store;
  private final InstantSource clock;
  private final int perMinute;
  private final AtomicBoolean away = new AtomicBoolean();

  Budgets(BudgetStore store, InstantSource clock, int perMinute) {
    this.store = store;
    this.clock = clock;
    this.perMinute = perMinute;
  }

  /** Asks for room; with no store to ask, there is. */
  Taking take(Wish wish) {
    try {
      Taking taking =
          store.edit(
              wish.model(),
              budget -> {
                Taking taken = budget.take(clock.instant(), wish.id(), wish.cost(), perMinute);
                return new BudgetStore.Edit<>(taken.budget(), taken);
              });
      away.set(false);
      return taking;
    } catch (RuntimeException e) {
      complain(e);
      return new Taking(ModelBudget.UNKNOWN, new Taking.Verdict.Granted(true));
    }
  }

  /** Takes note of something; what is there now, or null if the store is away. */
  @Nullable ModelBudget note(ModelId model, UnaryOperator<ModelBudget> change) {
    try {
      return store.edit(
          model,
          budget -> {
            ModelBudget changed = change.apply(budget);
            return new BudgetStore.Edit<>(changed, changed);
          });
    } catch (RuntimeException e) {
      complain(e);
      return null;
    }
  }

  /** Once, until it is back: a store that is away is away for every turn. */
  private void complain(RuntimeException cause) {
    if (!away.getAndSet(true)) {
      LOG.log(System.Logger.Level.WARNING, "turns go on without the provider's budget", cause);
    }
  }
}
