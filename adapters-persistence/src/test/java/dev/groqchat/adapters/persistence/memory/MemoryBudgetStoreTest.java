package dev.groqchat.adapters.persistence.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.application.fixtures.BudgetStoreContract;
import dev.groqchat.application.fixtures.FakeClock;
import dev.groqchat.application.port.out.BudgetStore;
import dev.groqchat.domain.model.ModelId;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MemoryBudgetStoreTest implements BudgetStoreContract {
  private final BudgetStore wide = new MemoryStores(Limits.WIDE, new FakeClock()).budgets();
  private final BudgetStore narrow = new MemoryBudgetStore(3);

  @Override
  public BudgetStore budgets() {
    return wide;
  }

  @Test
  void ofTooManyTheOneThatWasNotUsedForLongestIsForgotten() {
    Stream.of("a", "b", "c").forEach(this::count);
    assertThat(count("a")).isEqualTo(2);

    count("d");

    assertThat(count("a")).isEqualTo(3);
    assertThat(count("c")).isEqualTo(2);
    assertThat(count("d")).isEqualTo(2);
    assertThat(count("b")).as("the one that had to go").isEqualTo(1);
  }

  private long count(String model) {
    return narrow.edit(
        new ModelId(model),
        before -> {
          var after = BudgetStoreContract.counted(before);
          return new BudgetStore.Edit<>(after, after.surcharge());
        });
  }
}
