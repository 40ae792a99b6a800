package dev.groqchat.application.usecase;

import static dev.groqchat.application.fixtures.Script.answers;
import static dev.groqchat.application.fixtures.Script.script;
import static dev.groqchat.application.usecase.World.ALICE;
import static dev.groqchat.application.usecase.World.BOB;
import static dev.groqchat.application.usecase.World.drain;
import static dev.groqchat.application.usecase.World.end;
import static dev.groqchat.application.usecase.World.plain;
import static dev.groqchat.application.usecase.World.ref;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.groqchat.application.fixtures.Gate;
import dev.groqchat.application.port.in.StartTurn.Started;
import dev.groqchat.application.port.in.StopTurn.Receipt;
import dev.groqchat.application.port.in.TurnRef;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.turn.OnDisconnect;
import dev.groqchat.domain.turn.Turn;
import dev.groqchat.domain.turn.TurnEvent;
import dev.groqchat.domain.turn.TurnId;
import dev.groqchat.domain.turn.TurnState;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Stops, wherever they find a turn. */
class StopTest {
  private final World world = new World();

  @AfterEach
  void everyTurnEndsOnceAndLeavesNothingOpen() {
    world.close();
    world.assertAllEnded();
  }

  @Test
  void aTurnThatWaitsInLineStopsUnasked() throws Exception {
    Gate gate = new Gate();
    world.fakes.model().then(script().waits(gate).ends());
    Started first = world.start("c", "first");
    gate.awaitReached();
    Started second = world.start("c", "second");
    World.readUntil(second.following(), queued(1, 2));

    Receipt receipt = stop(second);

    assertThat(receipt).isEqualTo(new Receipt(second.turn().id(), "stopped", 2, 0, true));
    assertThat(plain(drain(second.following()))).containsExactly(new TurnEvent.Stopped(0, true));
    assertThat(world.stored(first).hasEnded()).isFalse();
    gate.open();
    drain(first.following());
    assertThat(world.fakes.model().questions()).hasSize(1);
  }

  @Test
  void aModelThatHasNotAcceptedTheQuestionYetIsLeft() throws Exception {
    Gate gate = new Gate();
    world.fakes.model().then(answers("never").hesitates(gate));
    Started started = world.start("c", "hi");
    gate.awaitReached();

    assertThat(stop(started)).isEqualTo(new Receipt(started.turn().id(), "stopped", 1, 0, true));
    assertThat(world.fakes.model().open()).isZero();
  }

  @Test
  void aSilentReplyIsStoppedAndWhatWasSaidIsKept() throws Exception {
    Gate gate = new Gate();
    world.fakes.model().then(script().thinks("hm").says("a\uD83D\uDE00b").waits(gate));
    Started started = world.start("c", "hi");
    gate.awaitReached();

    Receipt receipt = stop(started);

    // In code points: the smile is one.
    assertThat(receipt).isEqualTo(new Receipt(started.turn().id(), "stopped", 4, 3, true));
    assertThat(world.fakes.model().open()).isZero();
    assertThat(end(world.stored(started)).reply().text()).isEqualTo("a\uD83D\uDE00b");
    assertThat(end(world.stored(started)).reply().reasoning()).isEqualTo("hm");
    assertThat(plain(drain(started.following()))).endsWith(new TurnEvent.Stopped(3, true));
  }

  @Test
  void aReplyThatNeverPausesIsStoppedToo() throws Exception {
    world.fakes.model().then(script().says("x").forEver());
    Started started = world.start("c", "hi");
    World.readUntil(started.following(), new TurnEvent.Delta("x"));

    Receipt receipt = stop(started);

    assertThat(receipt.status()).isEqualTo("stopped");
    assertThat(receipt.textLength()).isPositive();
    started.following().close();
  }

  @Test
  void aStopBetweenTwoWaitsIsNotLost() {
    Gate gate = new Gate();
    world.watch((operation, subject) -> {
      if (subject instanceof Turn turn && turn.state() instanceof TurnState.Running) {
        gate.pass();
      }
    });
    Started started = world.start(World.wish("c", "hi", new OnDisconnect.Cancel()));
    gate.awaitReached();

    started.following().close();
    gate.open();

    World.await(() -> world.stored(started).hasEnded(), "not ended");
    assertThat(world.stored(started).state()).isInstanceOf(TurnState.Stopped.class);
    assertThat(world.fakes.model().questions()).isEmpty();
  }

  @Test
  void aStopComesTooLateForAWholeReply() throws Exception {
    Gate gate = new Gate();
    world.watch((operation, subject) -> {
      if (subject instanceof Turn turn && turn.hasEnded()) {
        gate.pass();
      }
    });
    Started started = world.start("c", "hi");
    gate.awaitReached();
    Thread stopping = Thread.startVirtualThread(() -> world.useCases.close());
    gate.open();
    stopping.join();

    assertThat(stop(started).status()).isEqualTo("finished");
  }

  @Test
  void stoppingAgainSaysTheSame() throws Exception {
    Gate gate = new Gate();
    world.fakes.model().then(script().says("Hel").waits(gate));
    Started started = world.start("c", "hi");
    gate.awaitReached();

    assertThat(stop(started)).isEqualTo(stop(started));
  }

  @Test
  void stoppingWhatHasEndedSaysHowItEnded() throws Exception {
    Turn finished = world.run("c", "hi");
    world.fakes.model().then(script().says("Hel"));
    Turn failed = world.run("c", "hi");

    assertThat(world.useCases.stopTurn().stop(ALICE, ref(finished)))
        .isEqualTo(new Receipt(finished.id(), "finished", 3, 6, true));
    assertThat(world.useCases.stopTurn().stop(ALICE, ref(failed)))
        .isEqualTo(new Receipt(failed.id(), "failed", 3, 3, true));
  }

  @Test
  void aModelThatCannotBeInterruptedIsNotWaitedForForEver() throws Exception {
    Gate gate = new Gate();
    world.fakes.model().whenAsked(question -> gate.pass());
    Started started = world.start("c", "hi");
    gate.awaitReached();

    assertThat(stop(started)).isEqualTo(new Receipt(started.turn().id(), "running", 0, 0, false));

    gate.open();
    assertThat(plain(drain(started.following()))).endsWith(new TurnEvent.Stopped(0, true));
  }

  @Test
  void nobodyStopsAnothersTurnOrOneOfAnotherConversation() {
    Gate gate = new Gate();
    world.fakes.model().then(script().waits(gate).ends());
    Started started = world.start("c", "hi");
    TurnId id = started.turn().id();

    assertNotFound(() -> world.useCases.stopTurn().stop(BOB, ref(started)));
    assertNotFound(() -> world.useCases.stopTurn().stop(ALICE, new TurnRef(World.id("d"), id)));

    gate.open();
    assertThat(plain(drain(started.following()))).last().isInstanceOf(TurnEvent.Finished.class);
  }

  @Test
  void aDeletedConversationsTurnIsStoppedEvenWhereItWouldFail() {
    Gate gate = new Gate();
    world
        .fakes
        .turns()
        .interfere((operation, subject) -> {
          if (operation.equals("awaitHead")) {
            gate.pass();
          }
        });
    Started started = world.start("c", "hi");
    gate.awaitReached();

    world.useCases.deleteConversation().delete(ALICE, World.id("c"));
    gate.open();

    assertThat(plain(drain(started.following()))).containsExactly(new TurnEvent.Stopped(0, true));
  }

  private Receipt stop(Started started) throws InterruptedException {
    return world.useCases.stopTurn().stop(ALICE, ref(started));
  }

  private static TurnEvent queued(int position, int seconds) {
    return new TurnEvent.Queued(position, Duration.ofSeconds(seconds));
  }

  private static void assertNotFound(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ChatException.class,
            e -> assertThat(e.failure()).isEqualTo(new Failure.NotFound("turn")));
  }
}
