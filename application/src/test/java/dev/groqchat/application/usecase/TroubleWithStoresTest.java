package dev.groqchat.application.usecase;

import static dev.groqchat.application.fixtures.Script.script;
import static dev.groqchat.application.usecase.World.drain;
import static dev.groqchat.application.usecase.World.end;
import static dev.groqchat.application.usecase.World.plain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.groqchat.application.fixtures.Gate;
import dev.groqchat.application.fixtures.Interference;
import dev.groqchat.application.port.in.StartTurn.Started;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.turn.OnDisconnect;
import dev.groqchat.domain.turn.Turn;
import dev.groqchat.domain.turn.TurnEvent;
import dev.groqchat.domain.turn.TurnId;
import dev.groqchat.domain.turn.TurnState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a turn when the stores, the journal or the counter fail. */
class TroubleWithStoresTest {
  private static final Failure AWAY = new Failure.StoreUnavailable(Duration.ofSeconds(2));

  private final World world = new World();

  @AfterEach
  void close() {
    world.close();
    assertThat(world.useCases.openTurns()).isZero();
    assertThat(world.fakes.model().open()).isZero();
  }

  @Test
  void anEndThatIsNotStoredIsToldAsAFailure() {
    world.watch(failing((operation, subject) -> ends(subject), new ChatException(AWAY)));

    List<TurnEvent> events = plain(drain(world.start("c", "hi").following()));

    assertThat(events).hasSize(3).endsWith(new TurnEvent.Failed(AWAY));
  }

  @Test
  void aDefectOfTheStoreAtTheEndStillEndsTheTurn() {
    world.watch(failing((operation, subject) -> ends(subject), new IllegalStateException("!")));

    List<TurnEvent> events = plain(drain(world.start("c", "hi").following()));

    assertThat(events).hasSize(3).endsWith(new TurnEvent.Failed(AWAY));
  }

  @Test
  void aTurnWhoseBeginningCannotBeStoredFailsUnasked() {
    world.watch(
        failing(
            (operation, subject) ->
                subject instanceof Turn turn && turn.state() instanceof TurnState.Running,
            new ChatException(AWAY)));

    Turn turn = world.run("c", "hi");

    assertThat(end(turn).event()).isEqualTo(new TurnEvent.Failed(AWAY));
    assertThat(world.fakes.model().questions()).isEmpty();
    world.assertAllEnded();
  }

  @Test
  void aTurnWhosePlaceCannotBeAwaitedFails() {
    world.watch(failing((operation, _) -> operation.equals("awaitHead"), new ChatException(AWAY)));

    assertThat(end(world.run("c", "hi")).event()).isEqualTo(new TurnEvent.Failed(AWAY));
    world.assertAllEnded();
  }

  @Test
  void aTurnWhosePlaceCannotBeToldFailsAndTheNextGoesOn() {
    Gate gate = new Gate();
    world.fakes.model().then(script().waits(gate).ends());
    Started first = world.start("c", "first");
    gate.awaitReached();
    world.watch(
        failing(
            (_, subject) ->
                subject instanceof List<?> all && all.getFirst() instanceof TurnEvent.Queued,
            new ChatException(AWAY)));

    assertThat(plain(drain(world.start("c", "second").following())))
        .containsExactly(new TurnEvent.Failed(AWAY));
    world.watch(Interference.NONE);
    gate.open();
    drain(first.following());
    world.assertAllEnded();
  }

  @Test
  void anEndThatIsJournalledOnlyAtTheSecondTryIsTheOneThatIsStored() {
    AtomicInteger tries = new AtomicInteger();
    world.watch(
        failing(
            (_, subject) ->
                subject instanceof List<?> all
                    && all.getLast() instanceof TurnEvent.Ending
                    && tries.incrementAndGet() == 1,
            new ChatException(AWAY)));

    assertThat(end(world.run("c", "hi"))).isInstanceOf(TurnState.Finished.class);
    world.assertAllEnded();
  }

  @Test
  void aJournalThatFailsInMidReplyFailsTheTurnAndKeepsTheText() {
    AtomicInteger tries = new AtomicInteger();
    world.watch(
        failing(
            (_, subject) ->
                subject instanceof List<?> all
                    && all.getLast() instanceof TurnEvent.Delta
                    && tries.incrementAndGet() == 2,
            new ChatException(AWAY)));
    world.fakes.model().then(script().says("Hel").says("lo").ends());

    Turn turn = world.run("c", "hi");

    assertThat(end(turn).event()).isEqualTo(new TurnEvent.Failed(AWAY));
    assertThat(end(turn).reply().text()).isEqualTo("Hello");
  }

  @Test
  void aReplyThatCannotBeCountedFailsTheTurnAndFreesTheLine() {
    world.fakes.tokens().interfere(uncountable("poison"));
    world.fakes.model().then(script().says("poison").ends());

    Turn turn = world.run("c", "hi");

    assertThat(end(turn).event()).isEqualTo(new TurnEvent.Failed(new Failure.Internal()));
    assertThat(end(turn).reply().text()).isEqualTo("poison");
    assertThat(end(world.run("c", "next"))).isInstanceOf(TurnState.Finished.class);
    world.assertAllEnded();
  }

  @Test
  void aStoppedReplyThatCannotBeCountedEndsTheTurnToo() throws Exception {
    world.fakes.tokens().interfere(uncountable("poison"));
    Gate gate = new Gate();
    world.fakes.model().then(script().says("poison").waits(gate));
    Started started = world.start("c", "hi");
    gate.awaitReached();

    world.useCases.stopTurn().stop(World.ALICE, World.ref(started));

    assertThat(end(world.stored(started)).reply().text()).isEqualTo("poison");
    world.assertAllEnded();
  }

  @Test
  void aMessageThatCannotBeCountedStartsNothing() {
    world.fakes.tokens().interfere(uncountable("poison"));

    assertThatThrownBy(() -> world.start("c", "poison")).hasMessage("uncountable");

    assertThat(world.fakes.turns().all()).isEmpty();
    assertThat(world.useCases.openTurns()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"open", "follow", "add"})
  void aTurnThatCannotBeStoredIsRefusedAndLeavesNothingBehind(String step) {
    world.watch(failing((operation, _) -> operation.equals(step), new ChatException(AWAY)));

    assertThatThrownBy(() -> world.start("c", "hi"))
        .isInstanceOfSatisfying(ChatException.class, e -> assertThat(e.failure()).isEqualTo(AWAY));

    assertThat(world.useCases.openTurns()).isZero();
    assertThat(world.fakes.journal().followings()).isZero();
    assertThat(world.fakes.turns().all()).isEmpty();
    for (TurnId turn : world.fakes.journal().turns()) {
      assertThat(world.fakes.journal().events(turn).getLast().ending()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"edit", "create"})
  void aConversationThatCannotBeBegunIsNoTurn(String step) {
    world
        .fakes
        .conversations()
        .interfere(failing((operation, _) -> operation.equals(step), new ChatException(AWAY)));

    assertThatThrownBy(() -> world.start("c", "hi")).isInstanceOf(ChatException.class);

    assertThat(world.useCases.openTurns()).isZero();
  }

  @Test
  void aConversationThatIsDeletedWhileATurnIsAddedRefusesIt() {
    world.watch((operation, _) -> {
      if (operation.equals("add")) {
        world.useCases.deleteConversation().delete(World.ALICE, World.id("c"));
      }
    });

    assertThatThrownBy(() -> world.start(World.wish("c", "hi", new OnDisconnect.Cancel())))
        .isInstanceOf(ChatException.class);

    assertThat(world.fakes.journal().followings()).isZero();
  }

  @Test
  void aJournalThatStaysAwayDoesNotKeepTheTurnOpen() {
    world.watch(failing((operation, _) -> operation.equals("append"), new ChatException(AWAY)));

    Started started = world.start("c", "hi");

    World.await(() -> world.useCases.openTurns() == 0, "the turn is open");
    assertThat(world.stored(started).hasEnded()).isTrue();
    started.following().close();
  }

  private static boolean ends(Object subject) {
    return subject instanceof Turn turn && turn.hasEnded();
  }

  private static Interference uncountable(String poison) {
    return failing(
        (_, subject) -> subject.equals(poison), new UnsupportedOperationException("uncountable"));
  }

  private static Interference failing(BiPredicate<String, Object> when, RuntimeException failure) {
    return (operation, subject) -> {
      if (when.test(operation, subject)) {
        throw failure;
      }
    };
  }
}
