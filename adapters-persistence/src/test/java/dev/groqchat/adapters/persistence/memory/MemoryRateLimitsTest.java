package dev.groqchat.adapters.persistence.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.groqchat.application.fixtures.FakeClock;
import dev.groqchat.application.fixtures.RateLimitsContract;
import dev.groqchat.application.port.out.RateLimits;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.traffic.Allowance;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryRateLimitsTest implements RateLimitsContract {
  private static final Quota CONTRACT = new Quota(PER_SECOND, BURST, PER_HOUR, TOKENS_PER_MINUTE);
  private static final Quota NONE = new Quota(0, 0, 0, 0);
  private static final int MOST = 100;

  private final FakeClock clock = new FakeClock();
  private final MemoryRateLimits limits = limits(CONTRACT, 1);

  private MemoryRateLimits limits(Quota quota, double share) {
    return new MemoryRateLimits(new Quotas(quota, Map.of(), 1), share, MOST, clock);
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
  void aClientIsForgottenOnceItsBucketsAreFullAndNoSooner() {
    MemoryRateLimits slow = limits(new Quota(0, 0, 60, 0), 1);
    takes(slow, "a", 30);
    clock.pass(Duration.ofMinutes(29));
    assertThat(slow.clients()).isEqualTo(1);
    assertThat(slow.take("a", 0).remaining()).isEqualTo(58);

    clock.pass(Duration.ofMinutes(1));
    assertThat(slow.clients()).isEqualTo(1);
    // A little more: time is looked at in slices.
    clock.pass(Duration.ofMinutes(2));

    assertThat(slow.clients()).isZero();
    assertThat(slow.take("a", 0).remaining()).isEqualTo(59);
  }

  @Test
  void aDebtIsRememberedUntilItIsPaid() {
    MemoryRateLimits tokens = limits(new Quota(0, 0, 0, 100), 1);
    tokens.take("a", 100);
    tokens.settle("a", 100, 1_000);
    clock.pass(Duration.ofMinutes(9));

    assertThat(tokens.clients()).isEqualTo(1);
    assertRefused(tokens, 0, Duration.ofMillis(600));
    clock.pass(Duration.ofMinutes(3));

    assertThat(tokens.clients()).isZero();
  }

  @Test
  void onlySoManyClientsAreRemembered() {
    for (int client = 0; client < 10 * MOST; client++) {
      limits.take("client " + client, 0);
      assertThat(limits.clients()).isLessThanOrEqualTo(MOST);
    }
    assertThat(limits.clients()).isEqualTo(MOST);
  }

  @Test
  void whoAsksOftenIsRememberedAmongManyWhoAskOnce() {
    takes(limits, "often", BURST);
    for (int client = 0; client < 10 * MOST; client++) {
      assertThatThrownBy(() -> limits.take("often", 0)).isInstanceOf(ChatException.class);
      limits.take("once " + client, 0);
    }
  }

  @Test
  void withoutLimitsNothingIsCounted() {
    MemoryRateLimits none = limits(NONE, 1);
    for (int each = 0; each < 1_000; each++) {
      assertThat(none.take("a", 1_000_000)).isEqualTo(Allowance.UNLIMITED);
      none.settle("a", 1_000_000, 2_000_000);
    }
    assertThat(none.clients()).isZero();
  }

  @Test
  void tokensAloneCanBeLimited() {
    MemoryRateLimits tokens = limits(new Quota(0, 0, 0, 100), 1);

    assertThat(tokens.take("a", 90)).isEqualTo(Allowance.UNLIMITED);

    assertThatThrownBy(() -> tokens.take("a", 20))
        .isInstanceOfSatisfying(
            ChatException.class,
            e ->
                assertThat(e.failure())
                    .isEqualTo(new Failure.RateLimited(0, Duration.ofSeconds(6))));
  }

  @Test
  void anHourAloneCanBeLimited() {
    MemoryRateLimits hour = limits(new Quota(0, 0, 60, 0), 1);

    assertThat(hour.take("a", 0)).isEqualTo(new Allowance(60, 59, Duration.ofMinutes(1)));
  }

  @ParameterizedTest
  @CsvSource({"2, 2", "1, 1", "0, 2"})
  void rateAndBurstMayBeTheSame(long burst, long atOnce) {
    MemoryRateLimits same = limits(new Quota(2, burst, 0, 0), 1);
    takes(same, "a", atOnce);

    assertRefused(same, atOnce, Duration.ofMillis(500));
    clock.pass(Duration.ofSeconds(1));

    takes(same, "a", atOnce);
  }

  @ParameterizedTest
  @CsvSource({"1, 10, 100", "0.5, 5, 200", "0.25, 2, 400", "0.3, 3, 334", "0.01, 1, 10000"})
  void aShareIsAPartOfTheBurstAndOfTheRate(double share, int atOnce, long waitMillis) {
    MemoryRateLimits part = limits(new Quota(10, 10, 0, 0), share);
    takes(part, "a", atOnce);

    assertRefused(part, atOnce, Duration.ofMillis(waitMillis));
  }

  @Test
  void aShareIsAPartOfTheTokens() {
    MemoryRateLimits half = limits(CONTRACT, 0.5);
    half.take("a", 80);
    half.settle("a", 80, 80);

    assertRefused(half, 2, Duration.ofMinutes(1), 20);
  }

  @Test
  void aNamedClientHasItsOwnLimits() {
    Quotas quotas = new Quotas(CONTRACT, Map.of("alice", new Quota(50, 50, 0, 0), "bob", NONE), 1);
    MemoryRateLimits named = new MemoryRateLimits(quotas, 1, MOST, clock);

    assertThat(named.take("alice", 1_000).limit()).isEqualTo(50);
    assertThat(named.take("bob", 1_000)).isEqualTo(Allowance.UNLIMITED);
    assertThat(named.take("carol", 10).limit()).isEqualTo(BURST);
  }

  @Test
  void theLargestLimitsAreStillExact() {
    MemoryRateLimits wide = limits(new Quota(Quota.MOST, Quota.MOST, Quota.MOST, Quota.MOST), 1);

    wide.take("a", Quota.MOST);
    wide.settle("a", Quota.MOST, 2 * Quota.MOST);

    assertRefused(wide, Quota.MOST, Duration.ofMinutes(2), Quota.MOST);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Quota.MOST + 1})
  void anAbsurdLimitIsNone(long limit) {
    assertThatThrownBy(() -> new Quota(0, 0, limit, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.1, 1.1, Double.NaN})
  void anAbsurdShareIsNone(double share) {
    assertThatThrownBy(() -> new Quotas(CONTRACT, Map.of(), share))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void takes(RateLimits limits, String client, long requests) {
    for (long each = 0; each < requests; each++) {
      limits.take(client, 0);
    }
  }

  private static void assertRefused(RateLimits limits, long limit, Duration retryAfter) {
    assertRefused(limits, limit, retryAfter, 1);
  }

  private static void assertRefused(
      RateLimits limits, long limit, Duration retryAfter, long tokens) {
    assertThatThrownBy(() -> limits.take("a", tokens))
        .isInstanceOfSatisfying(
            ChatException.class,
            e -> assertThat(e.failure()).isEqualTo(new Failure.RateLimited(limit, retryAfter)));
  }
}
