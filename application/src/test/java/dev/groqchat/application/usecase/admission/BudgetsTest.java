package dev.groqchat.application.usecase.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.application.fixtures.FakeBudgetStore;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.model.ModelId;
import dev.groqchat.domain.traffic.ModelBudget;
import dev.groqchat.domain.traffic.Taking.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is known of the provider's budgets while their store is away. */
class BudgetsTest {
  private static final Duration PAUSE = Duration.ofSeconds(7);

  private final VirtualTime time = new VirtualTime();
  private final FakeBudgetStore store = new FakeBudgetStore();
  private final Budgets budgets = new Budgets(store, time, 0);

  @Test
  void whatWasSeenBeforeStillCounts() {
    refused(0);
    leave();

    assertThat(take(0)).isEqualTo(new Verdict.Wait(PAUSE));
  }

  @Test
  void theStoreIsBelievedOnceItIsBack() {
    leave();
    refused(0);
    assertThat(take(0)).isEqualTo(new Verdict.Wait(PAUSE));

    store.interfere((operation, model) -> {});

    assertThat(take(0)).isEqualTo(new Verdict.Granted(true));
  }

  @Test
  void onlySoManyModelsAreRemembered() {
    leave();
    for (int model = 0; model <= Budgets.MOST; model++) {
      refused(model);
    }

    assertThat(budgets.seen(model(0))).isEqualTo(ModelBudget.UNKNOWN);
    assertThat(take(1)).isEqualTo(new Verdict.Wait(PAUSE));
    assertThat(take(Budgets.MOST)).isEqualTo(new Verdict.Wait(PAUSE));
  }

  private void leave() {
    store.interfere((operation, model) -> {
      throw new ChatException(new Failure.StoreUnavailable(Duration.ofSeconds(1)));
    });
  }

  private void refused(int model) {
    assertThat(budgets.note(model(model), it -> it.refused(time.instant(), "?", PAUSE)))
        .isEqualTo(budgets.seen(model(model)));
  }

  private Verdict take(int model) {
    return budgets.take(new Wish("x", model(model), "q", 10, PAUSE, false)).verdict();
  }

  private static ModelId model(int number) {
    return new ModelId("m" + number);
  }
}
