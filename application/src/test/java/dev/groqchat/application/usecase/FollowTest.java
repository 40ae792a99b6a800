package dev.groqchat.application.usecase;

import static dev.groqchat.application.fixtures.Script.refuses;
import static dev.groqchat.application.fixtures.Script.script;
import static dev.groqchat.application.usecase.World.ALICE;
import static dev.groqchat.application.usecase.World.BOB;
import static dev.groqchat.application.usecase.World.drain;
import static dev.groqchat.application.usecase.World.end;
import static dev.groqchat.application.usecase.World.ref;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.groqchat.application.fixtures.FakeCatalog;
import dev.groqchat.application.fixtures.Gate;
import dev.groqchat.application.port.Following;
import dev.groqchat.application.port.in.Caller;
import dev.groqchat.application.port.in.ReadTurn;
import dev.groqchat.application.port.in.StartTurn.Started;
import dev.groqchat.application.port.in.TurnRef;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.turn.NumberedEvent;
import dev.groqchat.domain.turn.Turn;
import dev.groqchat.domain.turn.TurnEvent;
import dev.groqchat.domain.turn.TurnId;
import dev.groqchat.domain.turn.TurnState;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Following and reading turns, while they run and long after. */
class FollowTest {
  private final World world = new World();

  @AfterEach
  void nothingIsOpen() {
    world.close();
    assertThat(world.fakes.journal().followings()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 100})
  void anEndedTurnCanBeFollowedFromAnyEvent(long after) {
    world.fakes.model().then(script().says("a").says("b").says("c").ends());
    Turn turn = world.run("c", "hi");

    List<NumberedEvent> rest = drain(follow(ALICE, ref(turn), after));

    List<NumberedEvent> all = world.fakes.journal().events(turn.id());
    assertThat(all).hasSize(5);
    assertThat(rest).isEqualTo(all.subList((int) Math.min(after, 5), 5));
  }

  @Test
  void aRunningTurnCanBeFollowedFromAnyEventByAnyNumber() throws Exception {
    Gate gate = new Gate();
    world.fakes.model().then(script().says("a").waits(gate).says("b").ends());
    Started started = world.start("c", "hi");
    gate.awaitReached();
    List<Callable<List<NumberedEvent>>> followers = new ArrayList<>();
    for (long after = 0; after <= 4; after++) {
      Following following = follow(ALICE, ref(started), after);
      followers.add(() -> drain(following));
    }
    followers.add(() -> drain(started.following()));

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<NumberedEvent>>> reading = followers.stream().map(threads::submit).toList();
      gate.open();
      List<NumberedEvent> all = reading.getLast().get();
      assertThat(all).hasSize(4);
      for (int after = 0; after <= 4; after++) {
        assertThat(reading.get(after).get()).isEqualTo(all.subList(after, 4));
      }
    }
  }

  @Test
  void whenTheJournalIsGoneTheWholeTextAndTheEndAreLeft() {
    Turn turn = world.run("c", "hi");
    List<NumberedEvent> journal = world.fakes.journal().events(turn.id());
    world.fakes.journal().forget(turn.id());

    NumberedEvent gap = new NumberedEvent(2, new TurnEvent.Gap("re: hi"));
    assertThat(journal).hasSize(3);
    assertThat(drain(follow(ALICE, ref(turn), 0))).containsExactly(gap, journal.getLast());
    assertThat(drain(follow(ALICE, ref(turn), 1))).containsExactly(gap, journal.getLast());
    assertThat(drain(follow(ALICE, ref(turn), 2))).containsExactly(journal.getLast());
    assertThat(drain(follow(ALICE, ref(turn), 3))).isEmpty();
    assertThat(drain(follow(ALICE, ref(turn), 9))).isEmpty();
  }

  @Test
  void whoLeavesAGoneJournalGetsNothingMore() throws Exception {
    Turn turn = world.run("c", "hi");
    world.fakes.journal().forget(turn.id());
    Following following = follow(ALICE, ref(turn), 0);

    following.close();

    assertThat(following.ended()).isTrue();
    assertThat(following.next(World.PATIENCE)).isEmpty();
  }

  @Test
  void anEndWithoutAnythingBeforeItHasNoGap() {
    world.fakes.model().then(refuses(new Failure.ModelUnavailable()));
    Turn turn = world.run("c", "hi");
    world.fakes.journal().forget(turn.id());

    assertThat(drain(follow(ALICE, ref(turn), 0)))
        .containsExactly(
            new NumberedEvent(1, new TurnEvent.Failed(new Failure.ModelUnavailable())));
  }

  @Test
  void anOpenTurnWhoseJournalIsGoneCannotBeFollowed() {
    Gate gate = new Gate();
    world.fakes.model().then(script().waits(gate).ends());
    Started started = world.start("c", "hi");
    gate.awaitReached();
    world.fakes.journal().forget(started.turn().id());

    assertNotFound(() -> follow(ALICE, ref(started), 0));

    gate.open();
    started.following().close();
  }

  @Test
  void nobodySeesAnothersTurnOrOneInAnotherConversation() {
    Turn turn = world.run("c", "hi");
    TurnRef elsewhere = new TurnRef(World.id("d"), turn.id());
    TurnRef unknown = new TurnRef(null, new TurnId(new UUID(1, 2)));

    assertNotFound(() -> follow(BOB, ref(turn), 0));
    assertNotFound(() -> follow(ALICE, elsewhere, 0));
    assertNotFound(() -> follow(ALICE, unknown, 0));
    assertNotFound(() -> world.useCases.readTurn().read(BOB, ref(turn)));
    assertNotFound(() -> world.useCases.readTurn().read(ALICE, elsewhere));
  }

  @Test
  void noEventHasANegativeNumber() {
    Turn turn = world.run("c", "hi");

    assertThatThrownBy(() -> follow(ALICE, ref(turn), -1))
        .isInstanceOfSatisfying(
            ChatException.class,
            e ->
                assertThat(e.failure())
                    .isEqualTo(new Failure.InvalidRequest("after", "after cannot be negative")));
  }

  @Test
  void anEndedTurnIsReadAsItWasStored() {
    Turn turn = world.run("c", "hi");
    world.fakes.journal().forget(turn.id());

    assertThat(world.useCases.readTurn().read(ALICE, ref(turn)))
        .isEqualTo(new ReadTurn.View(turn, "re: hi", "", 3));
  }

  @Test
  void aRunningTurnIsReadAsFarAsItHasCome() {
    Gate gate = new Gate();
    world.fakes.model().then(script().thinks("hm").says("a", "b").waits(gate).ends());
    Started started = world.start("c", "hi");
    gate.awaitReached();

    ReadTurn.View view = world.useCases.readTurn().read(ALICE, ref(started));

    assertThat(view).isEqualTo(new ReadTurn.View(world.stored(started), "ab", "hm", 4));
    assertThat(view.turn().state()).isEqualTo(new TurnState.Running());
    gate.open();
    drain(started.following());
  }

  @Test
  void aTurnWhoseJournalIsNotKeptIsReadWithoutText() {
    Gate gate = new Gate();
    world.fakes.model().then(script().says("a").waits(gate).ends());
    Started started = world.start("c", "hi");
    gate.awaitReached();
    world.fakes.journal().forget(started.turn().id());

    assertThat(world.useCases.readTurn().read(ALICE, ref(started)))
        .isEqualTo(new ReadTurn.View(world.stored(started), "", "", 0));
    gate.open();
    started.following().close();
  }

  @Test
  void theStoredEndTellsTheSameAsTheJournal() {
    Turn turn = world.run("c", "hi");

    assertThat(end(turn).event())
        .isEqualTo(world.fakes.journal().events(turn.id()).getLast().event());
  }

  @Test
  void theModelsOnOfferBeginWithTheDefault() {
    assertThat(world.useCases.listModels().models().getFirst().id()).isEqualTo(FakeCatalog.DEFAULT);
  }

  private Following follow(Caller caller, TurnRef turn, long after) {
    return world.useCases.followTurn().follow(caller, turn, after);
  }

  private static void assertNotFound(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ChatException.class,
            e -> assertThat(e.failure()).isEqualTo(new Failure.NotFound("turn")));
  }
}
