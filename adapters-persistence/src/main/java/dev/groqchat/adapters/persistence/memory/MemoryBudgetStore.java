package dev.groqchat.adapters.persistence.memory;

import dev.groqchat.application.port.out.BudgetStore;
import dev.groqchat.domain.model.ModelId;
import dev.groqchat.domain.traffic.ModelBudget;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Budgets in a map. Clients name models as they like: the least recently used ones have to go. */
final class MemoryBudgetStore implements BudgetStore {
  private final Map<ModelId, ModelBudget> budgets = new LinkedHashMap<>(16, 0.75f, true);
  private final int most;

  MemoryBudgetStore(int most) {
    this.most = most;
  }

  @Override
  public synchronized <T> T edit(ModelId model, Function<ModelBudget, Edit<T>> change) {
    Edit<T> edit = change.apply(budgets.getOrDefault(model, ModelBudget.UNKNOWN));
    budgets.put(model, edit.budget());
    if (budgets.size() > most) {
      budgets.remove(budgets.keySet().iterator().next());
    }
    return edit.result();
  }
}
