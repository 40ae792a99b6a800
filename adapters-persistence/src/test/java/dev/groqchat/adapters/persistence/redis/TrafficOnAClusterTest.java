package dev.groqchat.adapters.persistence.redis;

import static dev.groqchat.application.fixtures.Fixtures.MODEL;
import static dev.groqchat.application.fixtures.Fixtures.USAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.adapters.persistence.fixtures.RedisCluster;
import dev.groqchat.adapters.persistence.memory.Quota;
import dev.groqchat.adapters.persistence.memory.Quotas;
import dev.groqchat.application.fixtures.BudgetStoreContract;
import dev.groqchat.application.fixtures.FakeClock;
import dev.groqchat.application.fixtures.RateLimitsContract;
import dev.groqchat.application.fixtures.ReplyCacheContract;
import dev.groqchat.application.port.out.BudgetStore;
import dev.groqchat.application.port.out.RateLimits;
import dev.groqchat.application.port.out.ReplyCache;
import dev.groqchat.application.port.out.ReplyCache.Kept;
import dev.groqchat.domain.turn.FinishReason;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whatever the key, and so whichever node has it. */
class TrafficOnAClusterTest implements RateLimitsContract, BudgetStoreContract, ReplyCacheContract {
  @RegisterExtension static final RedisCluster REDIS = new RedisCluster();

  private static TrafficInstance one;
  private static TrafficInstance other;

  private static final Quotas QUOTAS =
      new Quotas(new Quota(PER_SECOND, BURST, PER_HOUR, TOKENS_PER_MINUTE), Map.of(), 1);
  private static final CacheSettings SETTINGS = new CacheSettings(Duration.ofMinutes(5), 10_000);

  private final FakeClock clock = new FakeClock();
  private RateLimits limits;
  private BudgetStore budgets;
  private ReplyCache replies;

  @BeforeAll
  static void connect() {
    one = TrafficInstance.connected(REDIS);
    other = TrafficInstance.connected(REDIS);
  }

  @BeforeEach
  void begin() {
    limits = one.limits(QUOTAS, clock);
    budgets = one.budgets();
    replies = one.replies(SETTINGS);
  }

  @AfterAll
  static void disconnect() {
    one.close();
    other.close();
  }

  @Override
  public RateLimits limits() {
    return limits;
  }

  @Override
  public BudgetStore budgets() {
    return budgets;
  }

  @Override
  public ReplyCache replies() {
    return replies;
  }

  @Override
  public void timePasses(Duration time) {
    clock.pass(time);
  }

  @Test
  void instancesShareEverything() {
    RateLimits others = other.limits(QUOTAS, clock);
    ReplyCache otherReplies = other.replies(SETTINGS);
    Kept reply = new Kept(MODEL, "", "answer", FinishReason.STOP, USAGE);
    for (int each = 0; each < 20; each++) {
      String name = "shared " + each;
      limits.take(name, 0);
      assertThat(others.take(name, 0).remaining()).isEqualTo(BURST - 2);
      replies.keep(name, reply);
      assertThat(replies.find(name)).contains(reply);
      assertThat(otherReplies.find(name)).contains(reply);
    }
  }
}
