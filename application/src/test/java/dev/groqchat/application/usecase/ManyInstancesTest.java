package dev.groqchat.application.usecase;

import static dev.groqchat.application.fixtures.Script.script;
import static dev.groqchat.application.usecase.World.ALICE;
import static dev.groqchat.application.usecase.World.drain;
import static dev.groqchat.application.usecase.World.end;
import static dev.groqchat.application.usecase.World.plain;
import static dev.groqchat.application.usecase.World.ref;
import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.application.fixtures.FakeInstances;
import dev.groqchat.application.fixtures.Fixtures;
import dev.groqchat.application.fixtures.Gate;
import dev.groqchat.application.fixtures.TurnBuilder;
import dev.groqchat.application.port.Following;
import dev.groqchat.application.port.in.StartTurn.Started;
import dev.groqchat.application.port.in.StopTurn.Receipt;
import dev.groqchat.domain.conversation.Conversation;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.turn.OnDisconnect;
import dev.groqchat.domain.turn.Turn;
import dev.groqchat.domain.turn.TurnEvent;
import dev.groqchat.domain.turn.TurnState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Two instances over the same stores, of which one runs the turns; and a third one that is gone.
 */
class ManyInstancesTest {
  private static final Failure AWAY = new Failure.StoreUnavailable(Duration.ofSeconds(2));

  private final World world = new World();
  private final FakeInstances others = world.fakes.instances().another();
  private final UseCases other =
      new UseCases(
          world.fakes.ports(others), world.settings, world.ids.clock(), world.ids.random());

  @AfterEach
  void close() {
    other.close();
    world.close();
    assertThat(world.useCases.openTurns()).isZero();
    assertThat(world.fakes.model().open()).isZero();
  }

  @Test
  void aTurnIsStoppedFromAnotherInstanceAndTheReceiptIsWhole() throws Exception {
    Gate gate = new Gate();
    world.fakes.model().then(script().says("Hel").waits(gate));
    Started started = world.start("c", "hi");
    gate.awaitReached();

    Receipt receipt = other.stopTurn().stop(ALICE, ref(started));

    assertThat(receipt).isEqualTo(new Receipt(started.turn().id(), "stopped", 3, 3, true));
    assertThat(world.fakes.model().open()).isZero();
    assertThat(plain(drain(started.following()))).endsWith(new TurnEvent.Stopped(3, true));
  }

  @Test
  void aTurnThatNobodyHasAJournalOfIsAskedToStopAllTheSame() throws Exception {
    Gate gate = new Gate();
    world.fakes.model().then(script().waits(gate));
    Started started = world.start("c", "hi");
    gate.awaitReached();
    started.following().close();
    world.fakes.journal().forget(started.turn().id());

    Receipt _ = other.stopTurn().stop(ALICE, ref(started));

    World.await(() -> world.stored(started).hasEnded(), "not stopped");
  }

  @Test
  void deletingAConversationStopsWhatAnotherInstanceRunsInIt() throws Exception {
    Gate gate = new Gate();
    world.fakes.model().then(script().says("Hel").waits(gate));
    Started running = world.start("c", "one");
    gate.awaitReached();
    Started waiting = world.start("c", "two");

    assertThat(other.deleteConversation().delete(ALICE, World.id("c"))).isTrue();

    assertThat(plain(drain(running.following()))).endsWith(new TurnEvent.Stopped(3, true));
    assertThat(plain(drain(waiting.following()))).endsWith(new TurnEvent.Stopped(0, true));
    assertThat(world.fakes.model().questions()).hasSize(1);
  }

  @Test
  void whoFollowsOnAnotherInstanceKeepsTheTurnGoing() throws Exception {
    Gate gate = new Gate();
    world.fakes.model().then(script().waits(gate).says("hello").ends());
    Started started = world.start(World.wish("c", "hi", new OnDisconnect.Cancel()));
    gate.awaitReached();
    world.fakes.journal().followElsewhere(started.turn().id(), true);
    Following elsewhere = other.followTurn().follow(ALICE, ref(started), 0);

    started.following().close();
    gate.open();

    assertThat(plain(drain(elsewhere))).last().isInstanceOf(TurnEvent.Finished.class);
  }

  @Test
  void aTurnEndsWhenItsLastFollowerOnAnotherInstanceHasLeft() throws Exception {
    Gate gate = new Gate();
    world.fakes.model().then(script().waits(gate));
    Started started = world.start(World.wish("c", "hi", new OnDisconnect.Cancel()));
    gate.awaitReached();
    world.fakes.journal().followElsewhere(started.turn().id(), true);
    started.following().close();
    assertThat(world.stored(started).hasEnded()).isFalse();

    world.fakes.journal().followElsewhere(started.turn().id(), false);

    World.await(() -> world.stored(started).hasEnded(), "not stopped");
  }

  @Test
  void aTurnWhoseFollowersElsewhereCannotBeAskedForIsLeftToItsOwn() throws Exception {
    Gate gate = new Gate();
    world.fakes.model().then(script().waits(gate));
    Started started = world.start(World.wish("c", "hi", new OnDisconnect.Cancel()));
    gate.awaitReached();
    world.watch((operation, _) -> {
      if (operation.equals("followedElsewhere")) {
        throw new ChatException(AWAY);
      }
    });

    started.following().close();

    World.await(() -> world.stored(started).hasEnded(), "not stopped");
  }

  @Test
  void anOrphanEndsAsFailedWithItsTextAndCanBeRetried() {
    Turn orphan = orphan("Hel", "hm");
    Following following = other.followTurn().follow(ALICE, ref(orphan), 0);

    List<TurnEvent> events = plain(drain(following));

    assertThat(events).last().isEqualTo(new TurnEvent.Failed(new Failure.InstanceLost()));
    Turn ended = world.fakes.turns().find(ALICE.owner(), orphan.id()).orElseThrow();
    assertThat(end(ended).reply().text()).isEqualTo("Hel");
    assertThat(end(ended).reply().reasoning()).isEqualTo("hm");
    World.await(() -> world.fakes.instances().orphans().isEmpty(), "still an orphan");
    assertThat(end(world.run(World.retry("c", orphan.id()))))
        .isInstanceOf(TurnState.Finished.class);
  }

  @Test
  void anOrphanThatHadEndedButWasNotToldIsToldAsItEnded() {
    Turn orphan = orphan("Hel", "hm");
    TurnState.Ended end = Fixtures.finished("Hello");
    world.fakes.turns().update(orphan.ended(end));
    Following following = other.followTurn().follow(ALICE, ref(orphan), 0);

    assertThat(plain(drain(following))).last().isEqualTo(end.event());
  }

  @Test
  void everyTurnIsLetGoOnceItHasEnded() {
    Turn turn = world.run("c", "hi");

    World.await(() -> world.fakes.instances().released().contains(turn.id()), "held");
  }

  @Test
  void anEndThatTheStoreDidNotTakeIsStoredLaterAsItWasTold() {
    AtomicBoolean away = new AtomicBoolean(true);
    world.watch((_, subject) -> {
      if (subject instanceof Turn turn && turn.hasEnded() && away.get()) {
        throw new ChatException(AWAY);
      }
    });
    Started started = world.start("c", "hi");
    assertThat(plain(drain(started.following()))).endsWith(new TurnEvent.Failed(AWAY));
    Started next = world.start("c", "next");
    assertThat(world.stored(started).hasEnded()).isFalse();

    away.set(false);

    assertThat(plain(drain(next.following()))).last().isInstanceOf(TurnEvent.Finished.class);
    assertThat(end(world.stored(started)).event()).isEqualTo(new TurnEvent.Failed(AWAY));
  }

  @Test
  void aTurnThatCouldNotBeLetGoIsLetGoLater() {
    AtomicBoolean away = new AtomicBoolean(true);
    world
        .fakes
        .instances()
        .interfere((operation, _) -> {
          if (operation.equals("release") && away.get()) {
            throw new ChatException(AWAY);
          }
        });
    Turn turn = world.run("c", "hi");

    away.set(false);

    World.await(() -> world.fakes.instances().released().contains(turn.id()), "held");
  }

  /** A turn of which an instance that is gone has journalled this much. */
  private Turn orphan(String text, String reasoning) {
    Turn turn = TurnBuilder.turn(World.key(ALICE, "c")).running();
    world
        .fakes
        .conversations()
        .create(Conversation.begin(turn.conversation(), "c", null, null, turn.createdAt()));
    world.fakes.turns().add(turn);
    world.fakes.journal().open(turn.id());
    world
        .fakes
        .journal()
        .append(
            turn.id(),
            List.of(
                new TurnEvent.Started(
                    turn.id(), turn.conversation().id(), turn.options().model(), null),
                new TurnEvent.Reasoning(reasoning),
                new TurnEvent.Delta(text)));
    others.orphan(turn);
    return turn;
  }
}
