package dev.groqchat.application.usecase.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.application.fixtures.FakeBudgetStore;
import dev.groqchat.application.fixtures.FakeTelemetry;
import dev.groqchat.domain.model.ModelId;
import dev.groqchat.domain.traffic.ProviderLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many clients, chance, and a clock that only the test moves. */
class FairQueuePropertiesTest {
  private static final List<ModelId> MODELS =
      List.of(new ModelId("wide"), new ModelId("narrow"), new ModelId("silent"));
  private static final long LIMIT = 8000;
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final Duration LONG = Duration.ofDays(1);

  private final VirtualTime time = new VirtualTime();
  private final FakeTelemetry telemetry = new FakeTelemetry();
  private final Pace pace = new Pace();

  private FairQueue queue(int atOnce, int mayWait) {
    Rules rules = new Rules(atOnce, mayWait, LONG, Map.of("heavy", 3), 0);
    return new FairQueue(rules, new FakeBudgetStore(), telemetry, pace, time, time);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void whoeverComesAndLeavesWheneverNothingLeaksAndOrderIsKept(long seed) throws Exception {
    Random random = new Random(seed);
    int atOnce = 1 + random.nextInt(5);
    Crowd crowd = new Crowd(queue(atOnce, 200), atOnce, random);

    for (int deed = 0; deed < 600; deed++) {
      crowd.act();
    }
    crowd.goHome();

    assertThat(crowd.queue.waiting()).isZero();
    assertThat(crowd.queue.inside()).isZero();
    assertThat(crowd.served).isGreaterThan(100);
    time.pass(FairQueue.BETWEEN_NOTICES);
    assertThat(time.planned()).as("nothing is left to be done").isZero();
  }

  /** Small ones keep coming, each of which would fit; the big one goes all the same. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void nobodyStarves(long seed) throws Exception {
    Random random = new Random(seed);
    FairQueue queue = queue(50, 1000);
    Crowd crowd = new Crowd(queue, 50, random);
    for (int small = 0; small < 40; small++) {
      crowd.enter("small" + small % 4, MODELS.get(1), 700);
    }
    Visitor big = crowd.enter("big", MODELS.get(1), 7900);
    int before = 0;
    while (big.permit == null) {
      crowd.enter("small" + random.nextInt(4), MODELS.get(1), 700);
      time.next();
      crowd.answerAll();
      before++;
      assertThat(before).as("somebody is starving").isLessThan(2000);
    }

    // Its round comes soon; then a bucket has to run empty.
    assertThat(Duration.between(big.since, time.instant())).isLessThan(WINDOW.multipliedBy(3));
    crowd.goHome();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void weightsHold(long seed) throws Exception {
    Random random = new Random(seed);
    Crowd crowd = new Crowd(queue(3, 500), 3, random);
    Map<String, Integer> served = new HashMap<>();
    for (int turn = 0; turn < 400; turn++) {
      while (crowd.waitingOf("heavy") < 5) {
        crowd.enter("heavy", MODELS.get(2), 10);
      }
      while (crowd.waitingOf("light") < 5) {
        crowd.enter("light", MODELS.get(2), 10);
      }
      crowd.answerAll();
      Visitor done = crowd.inside().get(random.nextInt(crowd.inside().size()));
      served.merge(done.client, 1, Integer::sum);
      crowd.finish(done);
      time.pass(Duration.ofMillis(10));
    }

    assertThat((double) served.getOrDefault("heavy", 0) / served.getOrDefault("light", 0))
        .isBetween(2.4, 3.6);
    crowd.goHome();
  }

  /** The first forecast that anybody gets, against what comes true. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void whatIsForetoldOfTheBudgetIsRightWithinAFactorOfTwo(long seed) throws Exception {
    Random random = new Random(seed);
    Crowd crowd = new Crowd(queue(50, 1000), 50, random);
    crowd.enter("first", MODELS.get(1), 100);
    crowd.answerAll();
    for (int visitor = 0; visitor < 60; visitor++) {
      crowd.enter("c" + random.nextInt(6), MODELS.get(1), 200 + random.nextInt(1800));
    }
    time.pass(FairQueue.BETWEEN_NOTICES);
    crowd.answerAll();
    crowd.foretell();
    while (crowd.queue.waiting() > 0 && time.next()) {
      crowd.answerAll();
      crowd.stay(Duration.ofMillis(100), Duration.ofMillis(100));
    }

    crowd.assertForetold(50);
    crowd.goHome();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void whatIsForetoldOfThePlacesInsideIsRightWithinAFactorOfTwo(long seed) throws Exception {
    Random random = new Random(seed);
    Crowd crowd = new Crowd(queue(4, 1000), 4, random);
    for (int turn = 0; turn < 20; turn++) {
      pace.turnTook(Duration.ofSeconds(5));
    }
    for (int visitor = 0; visitor < 60; visitor++) {
      crowd.enter("c" + random.nextInt(6), MODELS.get(2), 10);
      crowd.answerAll();
    }
    crowd.stay(Duration.ofSeconds(4), Duration.ofSeconds(2));
    time.pass(FairQueue.BETWEEN_NOTICES);
    crowd.foretell();
    while (crowd.queue.waiting() > 0 && time.next()) {
      crowd.answerAll();
      crowd.stay(Duration.ofSeconds(4), Duration.ofSeconds(2));
    }

    crowd.assertForetold(50);
    crowd.goHome();
  }

  private static final class Visitor {
    private final String client;
    private final ModelId model;
    private final Instant since;
    private final int number;
    private final Place place;
    private @Nullable Permit permit;
    private boolean answered;
    private boolean leaving;
    private @Nullable Instant foretold;

    Visitor(String client, ModelId model, Instant since, int number, Place place) {
      this.client = client;
      this.model = model;
      this.since = since;
      this.number = number;
      this.place = place;
    }
  }

  /** Everybody who waits or is inside. */
  private final class Crowd {
    private final FairQueue queue;
    private final int atOnce;
    private final Random random;
    private final List<Visitor> waiting = new ArrayList<>();
    private final List<Visitor> inside = new ArrayList<>();
    private final Map<String, Integer> last = new HashMap<>();
    private final List<Visitor> everForetold = new ArrayList<>();
    private final Map<Visitor, Instant> letIn = new HashMap<>();
    private long level;
    private Instant counted = time.instant();
    private int served;
    private int numbers;

    Crowd(FairQueue queue, int atOnce, Random random) {
      this.queue = queue;
      this.atOnce = atOnce;
      this.random = random;
    }

    List<Visitor> inside() {
      return inside;
    }

    long waitingOf(String client) {
      return waiting.stream().filter(it -> it.client.equals(client)).count();
    }

    void act() throws InterruptedException {
      int deed = random.nextInt(10);
      if (deed < 4 && queue.waiting() < 100) {
        enter("c" + random.nextInt(5), MODELS.get(random.nextInt(3)), 10 + random.nextInt(3000));
      } else if (deed == 4 && !waiting.isEmpty()) {
        waiting.remove(random.nextInt(waiting.size())).place.close();
      } else if (deed < 8 && !inside.isEmpty()) {
        end(inside.get(random.nextInt(inside.size())));
      } else {
        time.pass(Duration.ofMillis(random.nextInt(3000)));
      }
      collect();
      assertThat(queue.inside()).isLessThanOrEqualTo(atOnce).isEqualTo(inside.size());
      assertThat(queue.waiting()).isEqualTo(waiting.size());
    }

    Visitor enter(String client, ModelId model, long cost) throws InterruptedException {
      int number = numbers++;
      Place place = queue.enter(new Wish(client, model, "q" + number, cost, LONG, false));
      Visitor visitor = new Visitor(client, model, time.instant(), number, place);
      waiting.add(visitor);
      collect();
      return visitor;
    }

    /** Takes note of who was let in, who must come in order within its client and model. */
    private void collect() throws InterruptedException {
      for (Visitor visitor : List.copyOf(waiting)) {
        if (!visitor.place.waiting()) {
          visitor.permit = visitor.place.await((position, eta) -> {});
          waiting.remove(visitor);
          inside.add(visitor);
          letIn.put(visitor, time.instant());
          served++;
          Integer before = last.put(visitor.client + visitor.model, visitor.number);
          assertThat(before == null || before < visitor.number).as("order is kept").isTrue();
        }
      }
    }

    private void end(Visitor visitor) {
      Permit permit = permit(visitor);
      permit.use();
      switch (random.nextInt(5)) {
        case 0 -> permit.lost();
        case 1 -> permit.refused(Duration.ofMillis(random.nextInt(2000)));
        case 2 -> {}
        default -> permit.answered(limits(visitor));
      }
      finish(visitor);
    }

    void finish(Visitor visitor) {
      permit(visitor).close();
      inside.remove(visitor);
    }

    private static Permit permit(Visitor visitor) {
      return Objects.requireNonNull(visitor.permit);
    }

    void answerAll() throws InterruptedException {
      collect();
      for (Visitor visitor : List.copyOf(inside)) {
        if (!visitor.answered) {
          visitor.answered = true;
          permit(visitor).answered(limits(visitor));
        }
      }
      collect();
    }

    /** Only one of the models has a limit; its provider counts what it was asked. */
    private ProviderLimits limits(Visitor visitor) {
      if (!visitor.model.equals(MODELS.get(1))) {
        return ProviderLimits.UNSAID;
      }
      long ran = Duration.between(counted, time.instant()).toMillis() * LIMIT / WINDOW.toMillis();
      level = Math.min(LIMIT, Math.max(0, level - ran) + visitor.place.wish().cost());
      counted = time.instant();
      return new ProviderLimits(
          new ProviderLimits.Window(
              LIMIT, LIMIT - level, WINDOW.multipliedBy(level).dividedBy(LIMIT)),
          null);
    }

    /** Those inside leave after a while. */
    void stay(Duration least, Duration more) {
      for (Visitor visitor : inside) {
        if (!visitor.leaving) {
          visitor.leaving = true;
          Duration stay = least.plusMillis(random.nextLong(more.toMillis()));
          Runnable _ = time.after(stay, () -> finish(visitor));
        }
      }
    }

    void foretell() {
      for (Visitor visitor : waiting) {
        Place.Notice notice =
            Objects.requireNonNull(queue.locked(visitor.place::latest), "nobody has looked");
        visitor.foretold = notice.at().plus(notice.eta());
        everForetold.add(visitor);
      }
    }

    void assertForetold(int least) {
      assertThat(everForetold).hasSizeGreaterThanOrEqualTo(least);
      Instant told = everForetold.getFirst().since;
      for (Visitor visitor : everForetold) {
        double wait = Duration.between(told, letIn.get(visitor)).toMillis();
        double eta = Duration.between(told, visitor.foretold).toMillis();
        // What is below a second is not worth being right about.
        assertThat(eta).isBetween(wait / 2 - 1000, wait * 2 + 1000);
      }
    }

    void goHome() throws InterruptedException {
      collect();
      List.copyOf(waiting).forEach(it -> it.place.close());
      waiting.clear();
      List.copyOf(inside).forEach(this::finish);
    }
  }
}
