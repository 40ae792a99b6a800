package dev.groqchat.application.usecase;

import static dev.groqchat.application.fixtures.Script.answers;
import static dev.groqchat.application.fixtures.Script.refuses;
import static dev.groqchat.application.fixtures.Script.script;
import static dev.groqchat.application.usecase.World.ALICE;
import static dev.groqchat.application.usecase.World.BOB;
import static dev.groqchat.application.usecase.World.drain;
import static dev.groqchat.application.usecase.World.end;
import static dev.groqchat.application.usecase.World.plain;
import static dev.groqchat.application.usecase.World.wish;
import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.application.fixtures.FakeCatalog;
import dev.groqchat.application.fixtures.Gate;
import dev.groqchat.application.port.in.StartTurn.Started;
import dev.groqchat.application.port.out.BudgetStore;
import dev.groqchat.application.port.out.Telemetry;
import dev.groqchat.application.usecase.admission.VirtualTime;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.failure.Failure.ModelTimeout.Waiting;
import dev.groqchat.domain.model.ModelId;
import dev.groqchat.domain.traffic.ProviderLimits;
import dev.groqchat.domain.turn.Turn;
import dev.groqchat.domain.turn.TurnEvent;
import dev.groqchat.domain.turn.TurnState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of turns that the provider has no room for. */
class ProviderLimitsTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration MOMENT = Duration.ofMillis(100);
  private static final ModelId SECOND = FakeCatalog.ESTIMATED;
  private static final Failure HUNG =
      new Failure.ModelTimeout(Waiting.FIRST_TOKEN, Duration.ofSeconds(30));

  private final VirtualTime time = new VirtualTime();
  private final World world =
      new World(World.settings(List.of(), Duration.ofSeconds(30), 50), time);

  @AfterEach
  void everyTurnEndsOnceAndLeavesNothingOpen() {
    world.assertAllEnded();
    world.close();
    assertThat(world.useCases.waitingTurns()).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whoIsRefusedWaitsAndIsAskedAgain(boolean atOnce) {
    Failure busy = new Failure.ModelBusy(Duration.ofSeconds(3));
    world.fakes.model().then(atOnce ? refuses(busy) : script().fails(busy));

    Started started = world.start("c", "hi");
    awaitHeldUp(1);
    time.pass(MOMENT);
    List<TurnEvent> first = plain(World.readOnly(started.following(), TurnEvent.Queued.class));
    time.pass(Duration.ofMillis(2899));
    assertThat(world.fakes.model().questions()).hasSize(1);
    time.pass(Duration.ofMillis(1));
    List<TurnEvent> rest = plain(drain(started.following()));

    assertThat(first).containsExactly(new TurnEvent.Queued(1, Duration.ofMillis(2900)));
    assertThat(rest.getFirst()).isInstanceOf(TurnEvent.Started.class);
    assertThat(rest.getLast()).isInstanceOf(TurnEvent.Finished.class);
    assertThat(world.fakes.model().questions()).hasSize(2);
  }

  @Test
  void whoIsRefusedAgainAndAgainIsSentAwayWhenPatienceIsOver() {
    world.fakes.model().otherwise(_ -> refuses(new Failure.ModelBusy(Duration.ofSeconds(20))));

    Started started = world.start("c", "hi");
    awaitHeldUp(1);
    time.pass(Duration.ofSeconds(20));
    awaitHeldUp(2);
    time.pass(Duration.ofSeconds(10));

    assertThat(failureOf(started)).isInstanceOf(Failure.TooBusy.class);
    assertThat(world.fakes.model().questions()).hasSize(2);
    assertThat(world.fakes.telemetry().facts(Telemetry.Fact.Waited.class))
        .extracting(Telemetry.Fact.Waited::admitted)
        .containsExactly(true, true, false);
  }

  @Test
  void theTimeAModelTakesIsNoneOfThePatienceToWaitForAnother() {
    try (World other = withAFallback(Duration.ofSeconds(29), Duration.ofSeconds(31))) {
      Started started = other.start("c", "hi");
      awaitWaiting(other);
      time.pass(Duration.ofSeconds(29));

      assertThat(plain(drain(started.following())).getLast())
          .isInstanceOf(TurnEvent.Finished.class);
      assertThat(other.stored(started).model()).isEqualTo(SECOND);
    }
  }

  @Test
  void aFallbackThatIsWaitedForInVainHidesNothingOfWhatHappened() {
    try (World other = withAFallback(Duration.ofSeconds(40), Duration.ofSeconds(1))) {
      Started started = other.start("c", "hi");
      awaitWaiting(other);
      time.pass(Duration.ofSeconds(30));

      drain(started.following());
      assertThat(end(other.stored(started)).event()).isEqualTo(new TurnEvent.Failed(HUNG));
    }
  }

  /** One model hangs, then fails; the other one is closed for a while after that. */
  private World withAFallback(Duration closed, Duration hangs) {
    World other = new World(World.settings(List.of(SECOND), Duration.ofSeconds(30), 50), time);
    other
        .fakes
        .model()
        .then(refuses(HUNG))
        .whenAsked(question -> {
          if (!question.model().equals(SECOND)) {
            time.pass(hangs);
            refuse(other, closed);
          }
        });
    return other;
  }

  private void refuse(World other, Duration time) {
    other
        .fakes
        .budgets()
        .edit(
            SECOND, it -> new BudgetStore.Edit<>(it.refused(this.time.instant(), "?", time), time));
  }

  private void awaitWaiting(World other) {
    World.await(
        () -> other.useCases.waitingTurns() == 1 && time.planned() == 3, "it does not wait");
  }

  @Test
  void aDayThatIsUsedUpIsToldAtOnce() {
    Failure busy = new Failure.ModelBusy(Duration.ofMinutes(10));
    world.fakes.model().then(refuses(busy));

    assertThat(failureOf(world.start("c", "hi"))).isEqualTo(busy);
    assertThat(failureOf(world.start("c", "hi"))).isEqualTo(busy);
    assertThat(world.fakes.model().questions()).hasSize(1);
  }

  @Test
  void whatDoesNotFitTheBucketIsTrimmedUntilItDoes() {
    world.fakes.model().then(answers("re: one").within(tokens(40, 0)));
    world.run("c", "one");
    world.run("c", "two");
    // An exchange costs 11, the message 5, the reply 10 and 3.
    time.pass(MINUTE);
    world.run("c", "three");

    assertThat(world.sentLast()).containsExactly("one", "re: one", "two", "re: two", "three");
    time.pass(MINUTE);
    said(tokens(29, 0));
    world.run("c", "four");

    assertThat(world.sentLast()).containsExactly("three", "re: three", "four");
  }

  @Test
  void whatIsTrimmedAfterItsTurnGoesBeforeItsOwn() throws Exception {
    Gate running = new Gate();
    Gate others = new Gate();
    try (World other = new World(World.settings(List.of(), Duration.ofHours(1), 1), time)) {
      other.fakes.model().then(answers("word ".repeat(100)));
      other.run("c", "hi");
      said(other, tokens(1000, 0));
      other.fakes.model().then(script().says("one").waits(running).ends());
      other.fakes.model().then(script().says("two").waits(others).ends());
      List<Started> all = new ArrayList<>(List.of(other.start("r", "running")));
      running.awaitReached();
      all.add(other.start("c", "long"));
      World.await(() -> other.useCases.waitingTurns() == 1, "it does not wait");
      all.add(other.start("s", "short"));
      World.await(() -> other.useCases.waitingTurns() == 2, "it does not wait");
      all.add(other.useCases.startTurn().start(BOB, wish("b", "bob's")));
      World.await(() -> other.useCases.waitingTurns() == 3, "it does not wait");

      said(other, tokens(80, 0));
      running.open();
      others.awaitReached();
      World.await(() -> other.useCases.waitingTurns() == 2, "it does not wait again");
      others.open();

      all.forEach(it -> drain(it.following()));
      assertThat(other.fakes.model().questions())
          .extracting(it -> it.messages().getLast().text())
          .containsSubsequence("long", "short");
    }
  }

  private void said(World other, ProviderLimits limits) {
    other
        .fakes
        .budgets()
        .edit(
            FakeCatalog.DEFAULT,
            it -> new BudgetStore.Edit<>(it.answered(time.instant(), "?", limits), limits));
  }

  @Test
  void whatDoesNotFitTheBucketAloneIsToldAtOnce() {
    said(tokens(17, 0));

    assertThat(failureOf(world.start("c", "one two three four five six seven eight")))
        .isEqualTo(new Failure.PromptTooLarge(25, 17));
    assertThat(world.fakes.model().questions()).hasSize(1);
  }

  @Test
  void whoStopsWhileItWaitsMakesWayAtOnce() throws Exception {
    said(tokens(100, 100));
    Started first = world.start("c", "hi");
    awaitHeldUp(1);

    assertThat(world.useCases.stopTurn().stop(ALICE, World.ref(first)).status())
        .isEqualTo("stopped");

    assertThat(world.useCases.waitingTurns()).isZero();
    assertThat(world.fakes.model().questions()).hasSize(1);
    drain(first.following());
  }

  @Test
  void whatTheProviderSaysHoldsUpTheNext() {
    world.fakes.model().then(answers("one").within(tokens(100, 90)));
    world.run("c", "hi");

    Started second = world.start("d", "hi");
    awaitHeldUp(1);
    // 15 more than 90: five over.
    time.pass(Duration.ofSeconds(3));

    assertThat(plain(drain(second.following())).getLast()).isInstanceOf(TurnEvent.Finished.class);
  }

  @Test
  void withoutTheStoreOfTheBudgetsTurnsGoOn() {
    world
        .fakes
        .budgets()
        .interfere((operation, model) -> {
          throw new ChatException(new Failure.StoreUnavailable(Duration.ofSeconds(1)));
        });

    assertThat(end(world.run("c", "hi"))).isInstanceOf(TurnState.Finished.class);
    assertThat(end(world.run("c", "hi"))).isInstanceOf(TurnState.Finished.class);
  }

  @Test
  void withoutTheStoreOfTheBudgetsARefusedTurnWaitsAllTheSame() {
    world
        .fakes
        .budgets()
        .interfere((operation, model) -> {
          throw new ChatException(new Failure.StoreUnavailable(Duration.ofSeconds(1)));
        });
    world.fakes.model().then(refuses(new Failure.ModelBusy(Duration.ofSeconds(3))));

    Started started = world.start("c", "hi");
    awaitHeldUp(1);
    time.pass(Duration.ofSeconds(3));

    assertThat(plain(drain(started.following())).getLast()).isInstanceOf(TurnEvent.Finished.class);
    assertThat(world.fakes.model().questions()).hasSize(2);
  }

  @Test
  void theEndOfATurnIsNoted() {
    Turn turn = world.run("c", "hi");

    assertThat(world.fakes.telemetry().facts(Telemetry.Fact.Ended.class))
        .containsExactly(new Telemetry.Fact.Ended(turn.options().model(), end(turn)));
  }

  private void said(ProviderLimits limits) {
    world.fakes.model().then(answers("ok").within(limits));
    world.run("other", "hi");
  }

  private static ProviderLimits tokens(long limit, long used) {
    return new ProviderLimits(
        new ProviderLimits.Window(limit, limit - used, MINUTE.multipliedBy(used).dividedBy(limit)),
        null);
  }

  /** One turn waits, and whatever wakes it up is planned: the end of its patience, room, news. */
  private void awaitHeldUp(int questions) {
    World.await(
        () ->
            world.fakes.model().questions().size() == questions
                && world.useCases.waitingTurns() == 1
                && time.planned() == 3,
        "it does not wait");
  }

  private Failure failureOf(Started started) {
    drain(started.following());
    TurnState state = world.stored(started).state();
    assertThat(state).isInstanceOf(TurnState.Failed.class);
    return ((TurnState.Failed) state).failure();
  }
}
