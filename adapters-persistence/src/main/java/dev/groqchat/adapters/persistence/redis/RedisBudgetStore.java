package dev.groqchat.adapters.persistence.redis;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.groqchat.application.port.out.BudgetStore;
import dev.groqchat.domain.model.ModelId;
import dev.groqchat.domain.traffic.ModelBudget;
import java.util.function.Function;

/** Budgets for all instances: one value in Redis for each model. */
final class RedisBudgetStore implements BudgetStore {
  private static final String KEYS = "groqchat:budget:";

  /** Clients name models as they like. A line that is forgotten in use costs a second try. */
  private static final long MOST_LINES = 1_000;

  private final RedisGate gate;
  private final Cache<ModelId, BudgetLine> lines =
      Caffeine.newBuilder().maximumSize(MOST_LINES).executor(Runnable::run).build();

  RedisBudgetStore(RedisGate gate) {
    this.gate = gate;
  }

  @Override
  public <T> T edit(ModelId model, Function<ModelBudget, Edit<T>> change) {
    return lines.get(model, _ -> new BudgetLine(gate, KEYS + model)).edit(change);
  }
}
