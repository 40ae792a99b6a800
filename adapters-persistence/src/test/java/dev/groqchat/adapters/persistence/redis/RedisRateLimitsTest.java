package dev.groqchat.adapters.persistence.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.groqchat.adapters.persistence.fixtures.RedisServer;
import dev.groqchat.adapters.persistence.memory.Quota;
import dev.groqchat.adapters.persistence.memory.Quotas;
import dev.groqchat.application.fixtures.Background;
import dev.groqchat.application.fixtures.FakeClock;
import dev.groqchat.application.fixtures.RateLimitsContract;
import dev.groqchat.application.port.out.RateLimits;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.traffic.Allowance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisRateLimitsTest implements RateLimitsContract {
  @RegisterExtension static final RedisServer REDIS = new RedisServer();

  private static TrafficInstance one;
  private static TrafficInstance other;

  private static final Quota CONTRACT = new Quota(PER_SECOND, BURST, PER_HOUR, TOKENS_PER_MINUTE);

  private final FakeClock clock = new FakeClock();
  private final String client = "client-" + UUID.randomUUID();
  private RateLimits limits;

  @BeforeAll
  static void connect() {
    one = TrafficInstance.connected(REDIS);
    other = TrafficInstance.connected(REDIS);
  }

  @BeforeEach
  void begin() {
    one.forgetAll();
    limits = one.limits(quotas(CONTRACT, 1), clock);
  }

  @AfterAll
  static void disconnect() {
    one.close();
    other.close();
  }

  private static Quotas quotas(Quota quota, double share) {
    return new Quotas(quota, Map.of(), share);
  }

  @Override
  public RateLimits limits() {
    return limits;
  }

  @Override
  public void timePasses(Duration time) {
    clock.pass(time);
  }

  @Test
  void twoInstancesDrawOnOneBucket() {
    RateLimits others = other.limits(quotas(CONTRACT, 1), clock);

    assertThat(limits.take(client, 60).remaining()).isEqualTo(BURST - 1);
    assertThat(others.take(client, 40).remaining()).isEqualTo(BURST - 2);

    assertRefused(limits, 1, BURST, Duration.ofMillis(600));
    others.settle(client, 40, 30);
    limits.take(client, 10);
  }

  @Test
  void twoInstancesTogetherAllowNoMoreThanOneOverTime() throws Exception {
    Quota quota = new Quota(20, 50, 0, 0);
    RateLimits own = one.limits(quotas(quota, 1), clock);
    RateLimits others = other.limits(quotas(quota, 1), clock);

    int allowed = 0;
    for (int second = 0; second < 5; second++) {
      allowed += allowedOf(60, own, others);
      clock.pass(Duration.ofSeconds(1));
    }

    assertThat(allowed).isEqualTo(50 + 4 * 20);
  }

  private int allowedOf(int requests, RateLimits... instances) throws Exception {
    List<Background<Integer>> all = new ArrayList<>();
    for (int each = 0; each < requests; each++) {
      RateLimits instance = instances[each % instances.length];
      all.add(Background.run(() -> allowed(instance) ? 1 : 0));
    }
    int allowed = 0;
    for (Background<Integer> background : all) {
      allowed += background.result();
    }
    return allowed;
  }

  private boolean allowed(RateLimits instance) {
    try {
      instance.take(client, 0);
      return true;
    } catch (ChatException refused) {
      assertThat(refused.failure()).isInstanceOf(Failure.RateLimited.class);
      return false;
    }
  }

  @Test
  void withRedisGoneEachInstanceAllowsItsShareAndThenComesBackByItself() {
    Quota quota = new Quota(1, 20, 0, 0);
    RateLimits own = one.limits(quotas(quota, 0.25), clock);
    RateLimits others = other.limits(quotas(quota, 0.25), clock);
    for (int each = 0; each < 8; each++) {
      own.take(client, 0);
    }

    REDIS.stop();
    for (RateLimits instance : List.of(own, others)) {
      for (int each = 0; each < 5; each++) {
        assertThat(instance.take(client, 0)).extracting(Allowance::limit).isEqualTo(5L);
      }
      assertRefused(instance, 0, 5, Duration.ofSeconds(4));
    }

    REDIS.start();
    for (TrafficInstance instance : List.of(one, other)) {
      instance.awaitRedis();
    }
    // A new Redis knows nothing: the limit is whole, and shared, again.
    AtomicInteger tries = new AtomicInteger();
    TrafficInstance.await(
        () -> limitNow(own, tries) == 20 && limitNow(others, tries) == 20, "the shared buckets");
  }

  /** Asks as ever new clients, so that nobody is refused. */
  private static long limitNow(RateLimits limits, AtomicInteger tries) {
    return limits.take("try " + tries.incrementAndGet(), 0).limit();
  }

  @Test
  void whoeverStartsWithoutRedisAllowsItsShare() {
    REDIS.stop();
    try (TrafficInstance early = new TrafficInstance(REDIS, Duration.ofMillis(50))) {
      Quotas half = quotas(new Quota(1, 20, 0, 0), 0.5);

      RateLimits alone = early.unconnectedLimits(half, clock);

      assertThat(alone.take(client, 0)).isEqualTo(new Allowance(10, 9, Duration.ofSeconds(2)));
      alone.settle(client, 0, 0);
    } finally {
      REDIS.start();
      one.awaitRedis();
      other.awaitRedis();
    }
  }

  @Test
  void aFrozenRedisHoldsNobodyUp() throws Exception {
    try (TrafficInstance hasty = new TrafficInstance(REDIS, Duration.ofMillis(100))) {
      hasty.awaitRedis();
      RateLimits own = hasty.limits(quotas(new Quota(1, 100, 0, 0), 1), clock);
      REDIS.freeze();
      try {
        // Each would wait for ever; all together are done before the test's patience ends.
        assertThat(allowedOf(200, own)).isEqualTo(100);
      } finally {
        REDIS.thaw();
        one.awaitRedis();
        other.awaitRedis();
      }
    }
  }

  @Test
  void aFullRedisLeavesEachWithItsShare() {
    Quotas half = quotas(new Quota(1, 20, 0, 0), 0.5);
    RateLimits own = one.limits(half, clock);
    REDIS.fill();
    try {
      assertThat(own.take(client, 0).limit()).isEqualTo(10);
    } finally {
      REDIS.makeRoom();
    }
    assertThat(own.take(client, 0).limit()).isEqualTo(20);
  }

  @Test
  void bucketsAreForgottenInRedisOnceTheyAreFull() {
    limits.take(client, 50);

    List<String> keys = REDIS.asked(redis -> redis.keys("*"));
    assertThat(keys).hasSize(2).allMatch(key -> key.endsWith(client));
    // Those of an hour's request: 5 minutes to be full, and one more.
    assertThat(millisLeft(key(keys, "requests"))).isBetween(300_000L, 360_000L);
    // Of a minute's tokens half are missing.
    assertThat(millisLeft(key(keys, "tokens"))).isBetween(30_000L, 90_000L);
  }

  private static String key(List<String> keys, String what) {
    return keys.stream().filter(key -> key.contains(what)).findFirst().orElseThrow();
  }

  @Test
  void otherLimitsAreOtherBuckets() {
    limits.take(client, 0);

    RateLimits changed = other.limits(quotas(new Quota(10, 100, 0, 0), 1), clock);

    assertThat(changed.take(client, 0)).isEqualTo(new Allowance(100, 99, Duration.ofMillis(100)));
  }

  @Test
  void withoutLimitsRedisIsNotAsked() {
    RateLimits none = one.limits(quotas(new Quota(0, 0, 0, 0), 1), clock);

    assertThat(none.take(client, 100)).isEqualTo(Allowance.UNLIMITED);
    none.settle(client, 100, 200);

    long kept = REDIS.asked(redis -> redis.dbsize());
    assertThat(kept).isZero();
  }

  private void assertRefused(RateLimits by, long tokens, long limit, Duration retryAfter) {
    assertThatThrownBy(() -> by.take(client, tokens))
        .isInstanceOfSatisfying(
            ChatException.class,
            e -> assertThat(e.failure()).isEqualTo(new Failure.RateLimited(limit, retryAfter)));
  }

  private static long millisLeft(String key) {
    return REDIS.asked(redis -> redis.pttl(key));
  }
}
