package dev.groqchat.application.port.out;

import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.model.ModelId;
import dev.groqchat.domain.traffic.ModelBudget;
import java.util.function.Function;

/**
 * Keeps what is known of the provider's budget of each model, for all instances. Thread-safe. Calls
 * may block for a short, bounded time and fail with {@link Failure.StoreUnavailable}. What was not
 * used for a day may be forgotten; so may the least recently used of very many.
 */
public interface BudgetStore {
  /**
   * Changes a budget, so that no change that is made at the same moment is lost.
   *
   * @param change from what is kept, or {@link ModelBudget#UNKNOWN}, to what will be; pure and
   *     quick: it may be called more than once. What it throws is thrown here, and nothing is
   *     changed.
   * @return what the change found out
   */
  <T> T edit(ModelId model, Function<ModelBudget, Edit<T>> change);

  /**
   * A change.
   *
   * @param budget what is kept from now on
   * @param result what the change found out, for whoever asked for it
   */
  record Edit<T>(ModelBudget budget, T result) {}
}
