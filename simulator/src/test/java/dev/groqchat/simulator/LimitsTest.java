package dev.groqchat.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class LimitsTest {
  private final FakeClock clock = new FakeClock();

  @Test
  void theRecordedExampleWaitsNineSecondsAndABit() {
    var limits = new Limits(Plan.free(), clock);
    assertThat(limits.admit(6_572)).isEmpty();
    var denial = limits.admit(2_726).orElseThrow();
    assertThat(denial)
        .isEqualTo(
            new Limits.Denial(
                "tokens",
                "tokens per minute (TPM)",
                8_000,
                6_572,
                2_726,
                false,
                Duration.ofMillis(9_735),
                Duration.ofSeconds(1)));
    assertThat(denial.retryAfterSeconds()).isEqualTo("10");
    clock.forward(Duration.ofMillis(9_734));
    assertThat(limits.admit(2_726)).isPresent();
    clock.forward(Duration.ofMillis(1));
    assertThat(limits.admit(2_726)).isEmpty();
  }

  @Test
  void whatIsLargerThanTheLimitIsNotWaitedFor() {
    var denial = new Limits(Plan.free(), clock).admit(8_277).orElseThrow();
    assertThat(denial.tooLarge()).isTrue();
    assertThat(denial.requested()).isEqualTo(8_277);
  }

  @Test
  void headersTellTheDaysRequestsAndTheMinutesTokens() {
    var limits = new Limits(Plan.free(), clock);
    assertThat(limits.headers().get("x-ratelimit-reset-requests")).isEqualTo("0s");
    limits.admit(800);
    assertThat(limits.headers())
        .containsExactly(
            java.util.Map.entry("x-ratelimit-limit-requests", "1000"),
            java.util.Map.entry("x-ratelimit-limit-tokens", "8000"),
            java.util.Map.entry("x-ratelimit-remaining-requests", "999"),
            java.util.Map.entry("x-ratelimit-remaining-tokens", "7200"),
            java.util.Map.entry("x-ratelimit-reset-requests", "1m26.4s"),
            java.util.Map.entry("x-ratelimit-reset-tokens", "6s"));
    clock.forward(Duration.ofSeconds(3));
    assertThat(limits.headers())
        .containsEntry("x-ratelimit-remaining-tokens", "7600")
        .containsEntry("x-ratelimit-reset-tokens", "3s");
  }

  @Test
  void requestsOfAMinuteAreLimitedWithoutAHeader() {
    var limits = new Limits(Plan.free(), clock);
    for (int i = 0; i < 30; i++) assertThat(limits.admit(1)).isEmpty();
    var denial = limits.admit(1).orElseThrow();
    assertThat(denial.type()).isEqualTo("requests");
    assertThat(denial.words()).isEqualTo("requests per minute (RPM)");
    assertThat(denial.retryAfter()).isEqualTo(Duration.ofSeconds(2));
    assertThat(limits.headers()).containsEntry("x-ratelimit-remaining-requests", "970");
  }

  @Test
  void aRefusedRequestUsesNothing() {
    var limits = new Limits(Plan.free(), clock);
    limits.admit(8_000);
    var before = limits.headers();
    limits.admit(1);
    assertThat(limits.headers()).isEqualTo(before);
  }

  @Test
  void aShorterMinuteBringsEverythingBackSooner() {
    var limits = new Limits(Plan.free().scaled(Duration.ofSeconds(2)), clock);
    assertThat(limits.admit(6_572)).isEmpty();
    assertThat(limits.headers())
        .containsEntry("x-ratelimit-reset-tokens", "1.643s")
        .containsEntry("x-ratelimit-reset-requests", "2.88s");
    var denial = limits.admit(2_726).orElseThrow();
    assertThat(denial.retryAfter()).isEqualTo(Duration.ofNanos(324_500_000));
    assertThat(denial.retryAfterSeconds()).isEqualTo("0.334");
    clock.forward(Duration.ofMillis(325));
    assertThat(limits.admit(2_726)).isEmpty();
    clock.forward(Duration.ofSeconds(2));
    assertThat(limits.headers()).containsEntry("x-ratelimit-remaining-tokens", "8000");
  }

  @Test
  void tokensOfTheDayAreLimitedToo() {
    var limits = new Limits(new Plan(1_000, 1_000, 1_000_000, 10_000), clock);
    limits.admit(9_000);
    assertThat(limits.admit(2_000).orElseThrow().words()).isEqualTo("tokens per day (TPD)");
  }

  /**
   * Whatever comes: in no window are more than twice the limit admitted, and never is the bucket
   * fuller than full.
   */
  @RepeatedTest(50)
  void neverAdmitsOverTheBucket(RepetitionInfo info) {
    var random = new Random(info.getCurrentRepetition());
    long limit = 1 + random.nextLong(10_000);
    var window = Duration.ofMillis(1 + random.nextInt(100_000));
    var bucket = new LeakyBucket(limit, window);
    var admitted = new ArrayDeque<long[]>();
    double level = 0;
    long now = 0;
    for (int i = 0; i < 500; i++) {
      long passed = (long) (random.nextDouble() * window.toNanos() / 20);
      now += passed;
      level = Math.max(0, level - (double) passed * limit / window.toNanos());
      long amount = 1 + random.nextLong(limit);
      if (!bucket.fits(amount, now)) {
        long later = now + bucket.waitFor(amount, now).toNanos();
        assertThat(later).isGreaterThan(now);
        assertThat(bucket.fits(amount, later)).isTrue();
        continue;
      }
      bucket.add(amount, now);
      level += amount;
      admitted.add(new long[] {now, amount});
      assertThat(level).isLessThanOrEqualTo(limit + 1e-3);
      assertThat(bucket.remaining(now)).isBetween(0L, limit);
      assertThat(bucket.reset(now)).isLessThanOrEqualTo(window.plusNanos(1));
    }
    long end = now;
    long last =
        admitted.stream()
            .filter(one -> one[0] > end - window.toNanos())
            .mapToLong(one -> one[1])
            .sum();
    assertThat(last).isLessThanOrEqualTo(2 * limit);
    assertThat(bucket.used(end + window.toNanos() + 1)).isZero();
  }

  @Test
  void largeLimitsOfADayDoNotOverflow() {
    var bucket = new LeakyBucket(1_000_000_000, Duration.ofDays(1));
    bucket.add(999_999_999, 0);
    assertThat(bucket.used(0)).isEqualTo(999_999_999);
    assertThat(bucket.fits(1, 0)).isTrue();
    assertThat(bucket.fits(2, 0)).isFalse();
  }

  @Test
  void plansRefuseToBeWrong() {
    assertThatThrownBy(() -> new Plan(0, 1, 1, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Plan.free().scaled(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Plan.named("rich")).hasMessageContaining("'rich'");
    assertThatThrownBy(() -> new LeakyBucket(0, Duration.ofDays(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Plan.named("free")).isEqualTo(Plan.free());
    assertThat(Plan.named("developer")).isEqualTo(Plan.developer());
    assertThat(Plan.named("unlimited")).isEqualTo(Plan.unlimited());
  }
}
