package dev.groqchat.domain.trimming;

import static dev.groqchat.domain.trimming.Talk.assistant;
import static dev.groqchat.domain.trimming.Talk.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrimmingPolicyTest {
  /** What these cost together: 10 + 20 + 30 tokens. */
  private static final List<Exchange> THREE = List.of(costing(10), costing(20), costing(30));

  static Stream<Long> seeds() {
    return Stream.iterate(1L, seed -> seed + 1).limit(200);
  }

  @Test
  void keepsTheNewest() {
    assertThat(TrimmingPolicy.newest(2).trim(THREE)).isEqualTo(THREE.subList(1, 3));
    assertThat(TrimmingPolicy.newest(3).trim(THREE)).isEqualTo(THREE);
    assertThat(TrimmingPolicy.newest(99).trim(THREE)).isEqualTo(THREE);
    assertThat(TrimmingPolicy.newest(0).trim(THREE)).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> TrimmingPolicy.newest(-1));
  }

  @Test
  void keepsWhatFitsToTheLastToken() {
    assertThat(within(60).trim(THREE)).isEqualTo(THREE);
    assertThat(within(59).trim(THREE)).isEqualTo(THREE.subList(1, 3));
    assertThat(within(50).trim(THREE)).isEqualTo(THREE.subList(1, 3));
    assertThat(within(49).trim(THREE)).isEqualTo(THREE.subList(2, 3));
    assertThat(within(29).trim(THREE)).isEmpty();
    assertThat(within(0).trim(THREE)).isEmpty();
  }

  @Test
  void leavesNoHoleForOneThatWouldStillFit() {
    List<Exchange> bigInTheMiddle = List.of(costing(8), costing(500), costing(8));

    assertThat(within(100).trim(bigInTheMiddle)).isEqualTo(bigInTheMiddle.subList(2, 3));
  }

  @Test
  void nothingStaysNothing() {
    assertThat(within(100).then(TrimmingPolicy.newest(3)).trim(List.of())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void keepsATailThatFitsAndCouldNotBeLonger(long seed) {
    Random random = new Random(seed);
    List<Exchange> all = Talk.exchanges(random);
    long budget = random.nextLong(1 + 2 * cost(all));

    List<Exchange> kept = within(budget).trim(all);

    assertThat(kept).isEqualTo(all.subList(all.size() - kept.size(), all.size()));
    assertThat(cost(kept)).isLessThanOrEqualTo(budget);
    if (kept.size() < all.size()) {
      assertThat(cost(all.subList(all.size() - kept.size() - 1, all.size()))).isGreaterThan(budget);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void trimmingAgainChangesNothing(long seed) {
    Random random = new Random(seed);
    List<Exchange> all = Talk.exchanges(random);
    TrimmingPolicy policy =
        TrimmingPolicy.newest(random.nextInt(30)).then(within(random.nextLong(5_000)));

    List<Exchange> once = policy.trim(all);

    assertThat(policy.trim(once)).isEqualTo(once);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void bothLimitsHoldInWhicheverOrder(long seed) {
    Random random = new Random(seed);
    List<Exchange> all = Talk.exchanges(random);
    TrimmingPolicy newest = TrimmingPolicy.newest(random.nextInt(30));
    TrimmingPolicy within = within(random.nextLong(20_000));

    List<Exchange> kept = newest.then(within).trim(all);

    assertThat(within.then(newest).trim(all)).isEqualTo(kept);
    assertThat(kept)
        .hasSize(Math.min(newest.trim(all).size(), within.trim(all).size()))
        .isEqualTo(all.subList(all.size() - kept.size(), all.size()));
  }

  @Test
  void oneAfterTheOtherMeansInThatOrder() {
    TrimmingPolicy dropNewest = all -> all.subList(0, all.size() - 1);

    assertThat(TrimmingPolicy.newest(2).then(dropNewest).trim(THREE))
        .isEqualTo(THREE.subList(1, 2));
    assertThat(dropNewest.then(TrimmingPolicy.newest(2)).trim(THREE))
        .isEqualTo(THREE.subList(0, 2));
  }

  private static TrimmingPolicy within(long tokens) {
    return TrimmingPolicy.within(new TokenBudget(tokens));
  }

  private static long cost(List<Exchange> exchanges) {
    return exchanges.stream().mapToLong(Exchange::cost).sum();
  }

  /** Two messages cost eight by themselves. */
  private static Exchange costing(int tokens) {
    return Exchange.of(user("q", tokens - 8), assistant("a", 0));
  }
}
