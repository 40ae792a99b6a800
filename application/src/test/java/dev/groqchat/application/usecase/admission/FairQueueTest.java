package dev.groqchat.application.usecase.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.groqchat.application.fixtures.Background;
import dev.groqchat.application.fixtures.FakeBudgetStore;
import dev.groqchat.application.fixtures.FakeTelemetry;
import dev.groqchat.application.port.out.BudgetStore;
import dev.groqchat.application.port.out.Telemetry;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.model.ModelId;
import dev.groqchat.domain.traffic.ModelBudget;
import dev.groqchat.domain.traffic.ProviderLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Who is let in, when, and what those are told who wait. */
class FairQueueTest {
  private static final ModelId A = new ModelId("a");
  private static final ModelId B = new ModelId("b");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final VirtualTime time = new VirtualTime();
  private final FakeBudgetStore budgets = new FakeBudgetStore();
  private final FakeTelemetry telemetry = new FakeTelemetry();
  private final Pace pace = new Pace();
  private final List<String> told = new ArrayList<>();
  private FairQueue queue = queue(1, 100, 0);
  private int questions;

  private FairQueue queue(int atOnce, int mayWait, int perMinute) {
    return queue(atOnce, mayWait, perMinute, budgets);
  }

  private FairQueue queue(int atOnce, int mayWait, int perMinute, BudgetStore store) {
    Rules rules = new Rules(atOnce, mayWait, MINUTE, Map.of("heavy", 3), perMinute);
    return new FairQueue(rules, store, telemetry, pace, time, time);
  }

  @Test
  void letsInAsManyAsMayBeInside() throws Exception {
    said(A, ProviderLimits.UNSAID);
    queue = queue(2, 100, 0);
    Permit first = in(enter("x", A));
    Permit second = in(enter("x", A));
    Place third = enter("x", A);
    assertWaits(third);
    assertThat(queue.inside()).isEqualTo(2);

    first.close();
    first.close();

    in(third).close();
    second.close();
    assertEmpty();
  }

  @Test
  void clientsTakeTurnsWhateverTheyBring() throws Exception {
    said(A, ProviderLimits.UNSAID);
    Permit inside = in(enter("x", A));
    List<Place> all = new ArrayList<>();
    for (String client : List.of("x", "x", "x", "y", "y", "z")) {
      all.add(enter(client, A));
    }

    assertThat(order(inside, all)).containsExactly("x", "y", "z", "x", "y", "x");
  }

  @Test
  void aClientWithAWeightGoesMoreOften() throws Exception {
    said(A, ProviderLimits.UNSAID);
    Permit inside = in(enter("other", A));
    List<Place> all = new ArrayList<>();
    for (int place = 0; place < 8; place++) {
      all.add(enter("heavy", A));
      all.add(enter("light", A));
    }

    assertThat(order(inside, all).subList(0, 8).stream().filter("heavy"::equals)).hasSize(6);
  }

  @Test
  void whoComesBackAllTheTimeGainsNothing() throws Exception {
    said(A, ProviderLimits.UNSAID);
    Permit inside = in(enter("x", A));
    List<Place> patient = new ArrayList<>();
    for (int place = 0; place < 5; place++) {
      patient.add(enter("patient", A));
    }
    int returns = 0;
    Place returning = enter("returning", A);
    while (!patient.isEmpty()) {
      inside.close();
      if (returning.waiting()) {
        inside = in(patient.removeFirst());
      } else {
        inside = in(returning);
        returning = enter("returning", A);
        returns++;
      }
    }

    assertThat(returns).isBetween(4, 6);
  }

  @Test
  void whatDoesNotFitYetHoldsUpItsModelAndNoOther() throws Exception {
    said(A, tokens(8000, 7000));
    said(B, ProviderLimits.UNSAID);
    queue = queue(10, 100, 0);
    Place big = enter("x", A, 5000);
    Place small = enter("y", A, 10);
    Place other = enter("x", B, 10);

    assertWaits(big);
    assertWaits(small);
    in(other).close();
    time.pass(Duration.ofSeconds(30));
    in(big).answered(tokens(8000, 7990));
    assertThat(small.waiting()).isFalse();
  }

  @Test
  void oneGoesAheadWhileNothingIsKnownAndTheOthersFollowItsAnswer() throws Exception {
    queue = queue(10, 100, 0);
    Permit probe = in(enter("x", A));
    Place next = enter("y", A);
    assertWaits(next);

    probe.answered(ProviderLimits.UNSAID);

    in(next).close();
    in(enter("z", A)).close();
  }

  @Test
  void nobodyWaitsLongForTheFirstAnswer() throws Exception {
    queue = queue(10, 100, 0);
    in(enter("x", A));
    Place next = enter("y", A);

    time.pass(Duration.ofMillis(499));
    assertWaits(next);
    time.pass(Duration.ofMillis(1));

    in(next).close();
  }

  @Test
  void whoWasRefusedIsTheFirstOfItsClientAndGoesAsTheOnlyTrial() throws Exception {
    said(A, ProviderLimits.UNSAID);
    queue = queue(10, 100, 0);
    Permit one = in(enter("x", A));
    one.refused(Duration.ofSeconds(7));
    Place later = enter("x", A);
    Place again = queue.enter(new Wish("x", A, "q0", 10, MINUTE, true));

    // Whose turn it was keeps it; but nobody passes the gate before its time.
    time.pass(Duration.ofMillis(6999));
    assertWaits(again);
    time.pass(Duration.ofMillis(1));
    assertThat(List.of(again.waiting(), later.waiting())).containsExactlyInAnyOrder(true, false);
    in(later.waiting() ? again : later).answered(ProviderLimits.UNSAID);
    assertThat(again.waiting() || later.waiting()).isFalse();
  }

  @Test
  void whoIsAgainInLineGoesBeforeItsOwn() throws Exception {
    said(A, ProviderLimits.UNSAID);
    Permit inside = in(enter("x", A));
    Place second = enter("x", A);
    Place again = queue.enter(new Wish("x", A, "again", 10, MINUTE, true));

    inside.close();

    assertWaits(second);
    in(again).close();
    in(second).close();
  }

  @Test
  void theQueueIsBounded() throws Exception {
    said(A, ProviderLimits.UNSAID);
    queue = queue(2, 3, 0);
    List<Place> places = new ArrayList<>();
    for (int place = 0; place < 5; place++) {
      places.add(enter("x", A));
    }

    assertThatThrownBy(() -> enter("y", A)).satisfies(FairQueueTest::isTooBusy);
    places.getLast().close();
    enter("y", A).close();
  }

  @Test
  void patienceComesToAnEnd() throws Exception {
    said(A, ProviderLimits.UNSAID);
    Permit inside = in(enter("x", A));
    Place impatient = queue.enter(new Wish("y", A, "i", 10, Duration.ofSeconds(9), false));

    time.pass(Duration.ofSeconds(9));

    assertThatThrownBy(() -> impatient.await((position, eta) -> {}))
        .satisfies(FairQueueTest::isTooBusy);
    impatient.close();
    inside.close();
    assertThat(telemetry.facts(Telemetry.Fact.Waited.class).getLast())
        .isEqualTo(new Telemetry.Fact.Waited(Duration.ofSeconds(9), false));
    assertEmpty();
  }

  @Test
  void whoLeavesMakesWayAtOnce() throws Exception {
    said(A, tokens(8000, 8000));
    queue = queue(10, 100, 0);
    Place big = enter("x", A, 8000);
    Place small = enter("y", A, 800);
    time.pass(Duration.ofSeconds(6));
    assertWaits(small);

    big.close();

    in(small).close();
    assertEmpty();
  }

  @Test
  void whatNobodyHasTakenIsGivenBack() {
    said(A, tokens(8000, 0));
    Place place = enter("x", A, 8000);
    assertThat(queue.inside()).isOne();

    place.close();

    assertEmpty();
    assertThat(enter("y", A, 8000).waiting()).isFalse();
  }

  /** The budget is asked outside the lock: whoever leaves meanwhile has what it was granted. */
  @Test
  void whoLeavesWhileTheBudgetIsAskedLeavesNothingBehind() {
    said(A, tokens(8000, 0));
    List<Place> places = new ArrayList<>();
    AtomicInteger asked = new AtomicInteger();
    queue = queue(1, 100, 0);
    Permit inside = takes(enter("x", A, 0));
    places.add(enter("x", A, 8000));
    budgets.interfere((operation, model) -> {
      // First what is inside is given back, then the budget is asked for who waits.
      if (asked.incrementAndGet() == 2) {
        places.getFirst().close();
      }
    });

    inside.close();

    budgets.interfere((operation, model) -> {});
    assertEmpty();
    assertThat(enter("y", A, 8000).waiting()).isFalse();
  }

  /** The answer for who waits is on its way here while another one gives back what it had. */
  @Test
  void whatIsHeardWhileTheBudgetIsAskedIsNotForgotten() throws Exception {
    said(A, tokens(8000, 0));
    List<Permit> holding = new ArrayList<>();
    BudgetStore slow =
        new BudgetStore() {
          @Override
          public <T> T edit(ModelId model, Function<ModelBudget, Edit<T>> change) {
            T result = budgets.edit(model, change);
            if (!holding.isEmpty()) {
              holding.removeFirst().close();
            }
            return result;
          }
        };
    queue = queue(10, 100, 0, slow);
    holding.add(in(enter("x", A, 8000)));

    Place next = enter("y", A, 8000);

    in(next).close();
    assertEmpty();
  }

  @Test
  void whatNeverFitsIsToldAtOnceAndSoIsADayThatIsUsedUp() {
    said(A, tokens(8000, 8000));
    Place huge = enter("x", A, 8001);
    assertThatThrownBy(() -> huge.await((position, eta) -> {}))
        .isInstanceOfSatisfying(NeverFits.class, e -> assertThat(e.limit()).isEqualTo(8000));

    said(B, new ProviderLimits(null, new ProviderLimits.Window(1000, 0, Duration.ofDays(1))));
    Place late = enter("x", B);
    assertThatThrownBy(() -> late.await((position, eta) -> {}))
        .isInstanceOfSatisfying(
            ChatException.class,
            e ->
                assertThat(e.failure())
                    .isEqualTo(new Failure.ModelBusy(Duration.ofMillis(86_400))));
    assertEmpty();
  }

  @Test
  void whatIsKnownNeverToFitDoesNotWaitToHearThat() throws Exception {
    said(A, tokens(8000, 0));
    Permit inside = in(enter("x", A));

    assertThatThrownBy(() -> enter("y", A, 8001))
        .isInstanceOfSatisfying(NeverFits.class, e -> assertThat(e.limit()).isEqualTo(8000));

    Place fits = enter("y", A, 7000);
    inside.close();
    in(fits).close();
    assertEmpty();
  }

  @Test
  void whoComesAgainWithLessHasItsTurnButNoTwo() throws Exception {
    said(A, tokens(100_000, 0));
    Permit inside = in(enter("x", A));
    Place huge = enter("x", A, 50_000);
    Place small = enter("x", A);
    Place first = enter("y", A);
    Place second = enter("y", A);
    said(A, tokens(8000, 0));

    inside.close();
    assertThatThrownBy(() -> huge.await((position, eta) -> {})).isInstanceOf(NeverFits.class);
    Place again = queue.enter(new Wish("x", A, "less", 10, MINUTE, true));

    assertThat(order(in(first), List.of(again, small, second))).containsExactly("x", "x", "y");
    assertThat(telemetry.facts(Telemetry.Fact.Waited.class))
        .extracting(Telemetry.Fact.Waited::admitted)
        .containsExactly(true, false, true, true, true, true);
    assertEmpty();
  }

  @Test
  void withoutTheStoreARefusalCountsAllTheSame() throws Exception {
    budgets.interfere((operation, model) -> {
      throw new ChatException(new Failure.StoreUnavailable(Duration.ofSeconds(1)));
    });
    in(enter("x", A)).refused(Duration.ofSeconds(7));
    Place next = enter("x", A);

    time.pass(Duration.ofMillis(6999));
    assertWaits(next);
    time.pass(Duration.ofMillis(1));

    in(next).close();
    assertEmpty();
  }

  @Test
  void withoutTheStoreTurnsGoOnWithoutABudget() throws Exception {
    said(A, tokens(8000, 8000));
    budgets.interfere((operation, model) -> {
      throw new ChatException(new Failure.StoreUnavailable(Duration.ofSeconds(1)));
    });

    Permit permit = in(enter("x", A, 8000));
    permit.answered(tokens(8000, 8000));
    permit.close();

    assertEmpty();
  }

  @Test
  void whatIsNotAnsweredStaysTakenAndWhatIsNotAskedDoesNot() throws Exception {
    said(A, tokens(8000, 0));
    Permit unused = in(enter("x", A, 8000));
    unused.lost();
    unused.close();
    Permit lost = in(enter("x", A, 8000));
    lost.use();
    lost.lost();
    lost.close();
    assertThat(enter("x", A, 8000).waiting()).isTrue();
  }

  @Test
  void theProvidersPaceIsKept() throws Exception {
    said(A, ProviderLimits.UNSAID);
    queue = queue(100, 100, 30);
    for (int question = 0; question < 30; question++) {
      Permit permit = in(enter("x", A));
      permit.answered(ProviderLimits.UNSAID);
      permit.close();
    }
    Place next = enter("x", A);
    assertWaits(next);

    time.pass(Duration.ofSeconds(2));

    in(next).close();
  }

  @Test
  void whoWaitsIsToldWhereItStandsAndNobodyElseIs() throws Exception {
    said(A, ProviderLimits.UNSAID);
    Permit inside = in(enter("x", A));
    Place first = enter("x", A);
    Place second = enter("y", A);
    try (Background<Permit> waiting = Background.run(() -> second.await(this::tell))) {
      time.pass(FairQueue.BETWEEN_NOTICES);
      untilTold(1);
      inside.close();
      Permit next = in(first);
      time.pass(FairQueue.BETWEEN_NOTICES);
      untilTold(2);
      next.close();
      waiting.result().close();
    }

    // Two seconds for each turn is the first guess; a tenth of one has passed.
    assertThat(told).containsExactly("2 in PT3.9S", "1 in PT1.9S");
    assertEmpty();
  }

  @Test
  void theEtaOfABudgetIsWhenItFits() throws Exception {
    said(A, tokens(8000, 8000));
    queue = queue(10, 100, 0);
    enter("x", A, 4000);
    Place second = enter("y", A, 4000);
    try (Background<Permit> waiting = Background.run(() -> second.await(this::tell))) {
      time.pass(FairQueue.BETWEEN_NOTICES);
      untilTold(1);
      time.pass(MINUTE.minus(FairQueue.BETWEEN_NOTICES));
      waiting.result().close();
    }

    assertThat(told.getFirst()).isEqualTo("2 in PT59.9S");
  }

  @Test
  void aModelThatNobodyWaitsForIsForgotten() throws Exception {
    said(A, ProviderLimits.UNSAID);
    Permit inside = in(enter("x", A));
    for (int model = 0; model < 50; model++) {
      enter("x", new ModelId("m" + model)).close();
    }
    inside.close();

    assertEmpty();
  }

  private Place enter(String client, ModelId model) {
    return enter(client, model, 10);
  }

  private Place enter(String client, ModelId model, long cost) {
    // Longer than anything here takes, so that only what is meant to is too late.
    return queue.enter(
        new Wish(client, model, "q" + questions++, cost, Duration.ofHours(1), false));
  }

  private static void assertWaits(Place place) {
    assertThat(place.waiting()).isTrue();
  }

  private static Permit in(Place place) throws InterruptedException {
    assertThat(place.waiting()).as("is let in").isFalse();
    return place.await((position, eta) -> {});
  }

  private static Permit takes(Place place) {
    try {
      return in(place);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void tell(int position, Duration eta) {
    synchronized (told) {
      told.add(position + " in " + eta);
      told.notifyAll();
    }
  }

  private void untilTold(int times) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    synchronized (told) {
      while (told.size() < times && System.nanoTime() < deadline) {
        told.wait(100);
      }
      assertThat(told).hasSize(times);
    }
  }

  /** Lets them all in, one after the other. */
  private static List<String> order(Permit inside, List<Place> places) throws InterruptedException {
    List<String> clients = new ArrayList<>();
    List<Place> left = new ArrayList<>(places);
    Permit current = inside;
    while (!left.isEmpty()) {
      current.close();
      Place next = left.stream().filter(it -> !it.waiting()).findFirst().orElseThrow();
      current = in(next);
      left.remove(next);
      clients.add(next.wish().client());
    }
    current.close();
    return clients;
  }

  private void said(ModelId model, ProviderLimits limits) {
    budgets.edit(
        model, it -> new BudgetStore.Edit<>(it.answered(time.instant(), "?", limits), limits));
  }

  private static ProviderLimits tokens(long limit, long used) {
    return new ProviderLimits(
        new ProviderLimits.Window(limit, limit - used, MINUTE.multipliedBy(used).dividedBy(limit)),
        null);
  }

  private void assertEmpty() {
    assertThat(queue.waiting()).isZero();
    assertThat(queue.inside()).isZero();
    time.pass(FairQueue.BETWEEN_NOTICES);
    assertThat(time.planned()).as("nothing is left to be done").isZero();
  }

  private static void isTooBusy(Throwable e) {
    assertThat(e)
        .isInstanceOfSatisfying(
            ChatException.class,
            it -> assertThat(it.failure()).isInstanceOf(Failure.TooBusy.class));
  }
}
