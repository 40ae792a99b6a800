package dev.groqchat.adapters.persistence.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.groqchat.adapters.persistence.fixtures.RedisServer;
import dev.groqchat.application.fixtures.Background;
import dev.groqchat.application.fixtures.BudgetStoreContract;
import dev.groqchat.application.port.out.BudgetStore;
import dev.groqchat.application.port.out.BudgetStore.Edit;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.model.ModelId;
import dev.groqchat.domain.traffic.ModelBudget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisBudgetStoreTest implements BudgetStoreContract {
  @RegisterExtension static final RedisServer REDIS = new RedisServer();

  private static TrafficInstance one;
  private static TrafficInstance other;

  private static final ModelId MODEL = new ModelId("openai/gpt-oss-120b");
  private static final String KEY = "groqchat:budget:openai/gpt-oss-120b";

  private BudgetStore budgets;

  @BeforeAll
  static void connect() {
    one = TrafficInstance.connected(REDIS);
    other = TrafficInstance.connected(REDIS);
  }

  @BeforeEach
  void begin() {
    one.forgetAll();
    budgets = one.budgets();
  }

  @AfterAll
  static void disconnect() {
    one.close();
    other.close();
  }

  @Override
  public BudgetStore budgets() {
    return budgets;
  }

  @Test
  void instancesSeeEachOthersChangesAtOnce() {
    BudgetStore others = other.budgets();
    for (long change = 0; change < 10; change += 2) {
      assertThat(count(budgets)).isEqualTo(change + 1);
      assertThat(count(others)).isEqualTo(change + 2);
    }
  }

  @Test
  void ofManyChangesOfTwoInstancesAtOnceNoneIsLost() throws Exception {
    BudgetStore others = other.budgets();
    List<Background<Long>> all = new ArrayList<>();
    for (int each = 0; each < 50; each++) {
      all.add(Background.run(() -> count(budgets)));
      all.add(Background.run(() -> count(others)));
    }

    List<Long> counts = new ArrayList<>();
    for (Background<Long> background : all) {
      counts.add(background.result());
    }

    assertThat(counts).doesNotHaveDuplicates().hasSize(100);
    assertThat(kept(budgets).surcharge()).isEqualTo(100);
  }

  @Test
  void twoInstancesThatMakeTheSameChangeAtOnceMakeItTwice() {
    BudgetStore others = other.budgets();
    AtomicInteger calls = new AtomicInteger();

    budgets.edit(
        MODEL,
        before -> {
          if (calls.incrementAndGet() == 1) {
            count(others);
          }
          return new Edit<>(BudgetStoreContract.counted(before), before);
        });

    assertThat(calls).hasValue(2);
    assertThat(kept(others).surcharge()).isEqualTo(2);
  }

  @Test
  void aChangeThatThrowsDoesNotTouchThoseBesideIt() throws Exception {
    List<Background<Long>> all = new ArrayList<>();
    for (int each = 0; each < 40; each++) {
      boolean fails = each % 4 == 0;
      all.add(Background.run(() -> fails ? failing() : count(budgets)));
    }

    int failed = 0;
    for (Background<Long> background : all) {
      failed += background.result() == 0 ? 1 : 0;
    }

    assertThat(failed).isEqualTo(10);
    assertThat(kept(budgets).surcharge()).isEqualTo(30);
  }

  private long failing() {
    assertThatThrownBy(() ->
            budgets.edit(
                MODEL,
                _ -> {
                  throw new IllegalStateException("no");
                }))
        .isInstanceOf(IllegalStateException.class);
    return 0;
  }

  @Test
  void whoLosesAgainstOthersForTooLongIsToldToComeBack() {
    BudgetStore others = other.budgets();

    assertThatThrownBy(() ->
            budgets.edit(
                MODEL,
                before -> {
                  count(others);
                  return new Edit<>(BudgetStoreContract.counted(before), before);
                }))
        .isInstanceOfSatisfying(
            ChatException.class,
            e ->
                assertThat(e.failure())
                    .isEqualTo(new Failure.StoreUnavailable(Duration.ofSeconds(1))));
  }

  @Test
  void aBudgetIsForgottenADayAfterItsLastUse() {
    count(budgets);
    assertThat(millisLeft(KEY)).isBetween(86_000_000L, 86_400_000L);
    REDIS.asked(redis -> redis.pexpire(KEY, 60_000));

    kept(budgets);

    assertThat(millisLeft(KEY)).isBetween(86_000_000L, 86_400_000L);
  }

  @Test
  void aBudgetThatIsGoneFromRedisIsUnknownAgain() {
    count(budgets);
    REDIS.asked(redis -> redis.del(KEY));

    assertThat(count(budgets)).isEqualTo(1);
  }

  @Test
  void aBudgetThatCannotBeReadIsUnknown() {
    REDIS.asked(redis -> redis.set(KEY, "{\"v\":99}"));

    assertThat(count(budgets)).isEqualTo(1);
    assertThat(count(other.budgets())).isEqualTo(2);
  }

  @Test
  void withoutRedisThereIsNoBudget() {
    count(budgets);
    REDIS.stop();

    assertThatThrownBy(() -> count(budgets))
        .isInstanceOfSatisfying(
            ChatException.class,
            e -> assertThat(e.failure()).isInstanceOf(Failure.StoreUnavailable.class));

    REDIS.start();
    one.awaitRedis();
    other.awaitRedis();
    assertThat(count(budgets)).as("a new Redis knows nothing").isEqualTo(1);
  }

  @Test
  void aThreadThatIsToldToStopStillMakesItsChange() {
    Thread.currentThread().interrupt();
    try {
      assertThat(count(budgets)).isEqualTo(1);
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    } finally {
      Thread.interrupted();
    }
  }

  private static long count(BudgetStore by) {
    return by.edit(
        MODEL,
        before -> {
          ModelBudget after = BudgetStoreContract.counted(before);
          return new Edit<>(after, after.surcharge());
        });
  }

  private static ModelBudget kept(BudgetStore by) {
    return by.edit(MODEL, before -> new Edit<>(before, before));
  }

  private static long millisLeft(String key) {
    return REDIS.asked(redis -> redis.pttl(key));
  }
}
