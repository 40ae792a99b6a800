package dev.groqchat.domain.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.domain.traffic.Taking.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many questions, one after the other as the budget lets them, against a provider that counts. */
class ModelBudgetPropertiesTest {
  private static final Instant BEGIN = Instant.parse("2026-01-02T03:04:05Z");
  private static final int WINDOWS = 20;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void nobodyIsRefusedAndNearlyEverythingIsUsed(long seed) {
    Run run = new Run(seed, 0, false);

    run.go();

    assertThat(run.refused).isZero();
    assertThat(run.counted).isGreaterThanOrEqualTo((long) (0.9 * run.limit * (WINDOWS + 1)));
    assertThat(run.mostUnderWay).isLessThanOrEqualTo(UnderWay.MOST);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void aProviderThatCountsMoreThanWeDoRefusesHardlyEver(long seed) {
    Run run = new Run(seed, 70, false);

    run.go();

    // Before it is known that it counts more, of hundreds.
    assertThat(run.refused).isLessThanOrEqualTo(3);
    assertThat(run.counted).isGreaterThanOrEqualTo((long) (0.9 * run.limit * (WINDOWS + 1)));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void whatIsNotAskedOrNotAnsweredLosesNothing(long seed) {
    Run run = new Run(seed, 0, true);

    run.go();

    assertThat(run.refused).isZero();
    assertThat(run.counted).isGreaterThanOrEqualTo((long) (0.9 * run.limit * (WINDOWS + 1)));
  }

  /** There is always a next question; the way there takes its time, the way back is chance. */
  private static final class Run {
    private final Random random;
    private final boolean troubled;
    private final Duration window;
    private final Provider provider;
    private final PriorityQueue<Event> events =
        new PriorityQueue<>(Comparator.comparing(Event::at).thenComparingInt(Event::number));
    private final long limit;
    private Instant now = BEGIN;
    private ModelBudget budget = ModelBudget.UNKNOWN;
    private long counted;
    private long refused;
    private int questions;
    private int planned;
    private int mostUnderWay;

    Run(long seed, long surcharge, boolean troubled) {
      this.random = new Random(seed);
      this.troubled = troubled;
      this.limit = random.nextBoolean() ? 8000 : 250_000;
      this.window = random.nextBoolean() ? Duration.ofMinutes(1) : Duration.ofSeconds(2);
      this.provider = new Provider(limit, window, surcharge);
    }

    void go() {
      Instant end = BEGIN.plus(window.multipliedBy(WINDOWS));
      next(cost());
      while (!events.isEmpty() && events.peek().at().isBefore(end)) {
        Event event = events.remove();
        now = event.at();
        event.what().run();
        mostUnderWay = Math.max(mostUnderWay, budget.underWay().questions().size());
      }
    }

    private long cost() {
      return 100L + random.nextInt((int) Math.min(2000, limit / 3));
    }

    private void later(Duration delay, Runnable what) {
      events.add(new Event(now.plus(delay), planned++, what));
    }

    private void next(long cost) {
      String id = "q" + questions++;
      Taking taking = budget.take(now, id, cost, 0);
      budget = taking.budget();
      switch (taking.verdict()) {
        case Verdict.Granted _ -> {
          go(id, cost);
          next(cost());
        }
        // An answer may come earlier, and make room.
        case Verdict.Wait(Duration atLeast) ->
            later(atLeast.compareTo(latency()) < 0 ? atLeast : latency(), () -> next(cost));
        case Verdict.TooLarge _, Verdict.UsedUp _ -> throw new AssertionError(taking.verdict());
      }
    }

    private void go(String id, long cost) {
      if (troubled && random.nextInt(10) == 0) {
        later(latency(), () -> budget = budget.released(id));
      } else {
        later(window.dividedBy(1000), () -> arrives(id, cost));
      }
    }

    private void arrives(String id, long cost) {
      Optional<ProviderLimits> answer = provider.ask(now, cost);
      if (answer.isEmpty()) {
        refused++;
        Duration retryAfter = provider.retryAfter(cost);
        later(latency(), () -> budget = budget.refused(now, id, retryAfter));
        return;
      }
      counted += cost;
      later(
          latency(),
          () ->
              budget =
                  troubled && random.nextInt(10) == 0
                      ? budget.lost(id)
                      : budget.answered(now, id, answer.get()));
    }

    /** Such that answers overtake each other, and the first comes before others ask. */
    private Duration latency() {
      return window.dividedBy(1000).multipliedBy(1 + random.nextInt(4));
    }
  }

  private record Event(Instant at, int number, Runnable what) {}
}
