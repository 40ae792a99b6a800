package dev.groqchat.application.usecase;

import static dev.groqchat.application.fixtures.Script.script;
import static dev.groqchat.application.usecase.World.ALICE;
import static dev.groqchat.application.usecase.World.drain;
import static dev.groqchat.application.usecase.World.end;
import static dev.groqchat.application.usecase.World.plain;
import static dev.groqchat.application.usecase.World.ref;
import static dev.groqchat.application.usecase.World.wish;
import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.application.fixtures.Gate;
import dev.groqchat.application.port.Following;
import dev.groqchat.application.port.in.StartTurn.Started;
import dev.groqchat.domain.turn.OnDisconnect;
import dev.groqchat.domain.turn.TurnEvent;
import dev.groqchat.domain.turn.TurnState;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a turn that nobody follows any more. */
class LeaveTest {
  private final World world = new World();
  private final Gate gate = new Gate();

  @AfterEach
  void everyTurnEndsOnceAndLeavesNothingOpen() {
    world.assertAllEnded();
    world.close();
  }

  @Test
  void withCancelItStopsAndKeepsItsText() {
    Started started = silent(new OnDisconnect.Cancel());

    started.following().close();

    awaitEnd(started);
    assertThat(world.stored(started).state()).isInstanceOf(TurnState.Stopped.class);
    assertThat(end(world.stored(started)).reply().text()).isEqualTo("Hel");
  }

  @Test
  void withCancelItLeavesTheLineItWaitsIn() {
    Started first = silent(new OnDisconnect.Continue());
    Started second = world.start(wish("c", "second", new OnDisconnect.Cancel()));
    World.readUntil(second.following(), new TurnEvent.Queued(1, Duration.ofSeconds(2)));

    second.following().close();

    awaitEnd(second);
    assertThat(world.stored(second).state()).isInstanceOf(TurnState.Stopped.class);
    gate.open();
    drain(first.following());
  }

  @Test
  void withContinueItGoesOnToItsEnd() {
    Started started = silent(new OnDisconnect.Continue());

    started.following().close();
    gate.open();

    awaitEnd(started);
    assertThat(world.stored(started).state()).isInstanceOf(TurnState.Finished.class);
  }

  @Test
  void withoutGraceLeftItStops() {
    Started started = silent(new OnDisconnect.Grace(Duration.ofMillis(1)));

    started.following().close();

    awaitEnd(started);
    assertThat(world.stored(started).state()).isInstanceOf(TurnState.Stopped.class);
  }

  @Test
  void withinItsGraceSomebodyMayComeBackAndMissesNothing() {
    Started started = silent(new OnDisconnect.Grace(Duration.ofHours(1)));
    started.following().close();

    Following back = world.useCases.followTurn().follow(ALICE, ref(started), 1);
    gate.open();

    assertThat(plain(drain(back)))
        .hasSize(2)
        .startsWith(new TurnEvent.Delta("Hel"))
        .last()
        .isInstanceOf(TurnEvent.Finished.class);
  }

  @Test
  void aSecondFollowerKeepsItGoing() {
    Started started = silent(new OnDisconnect.Cancel());
    Following second = world.useCases.followTurn().follow(ALICE, ref(started), 0);

    started.following().close();
    gate.open();

    assertThat(plain(drain(second))).last().isInstanceOf(TurnEvent.Finished.class);
  }

  @Test
  void whoClosesTwiceLeavesOnce() {
    Started started = silent(new OnDisconnect.Cancel());
    Following second = world.useCases.followTurn().follow(ALICE, ref(started), 0);

    started.following().close();
    started.following().close();
    gate.open();

    assertThat(plain(drain(second))).last().isInstanceOf(TurnEvent.Finished.class);
  }

  @Test
  void aBlockedFollowerLeavesWhenItIsClosed() throws Exception {
    Started started = silent(new OnDisconnect.Continue());
    World.readUntil(started.following(), new TurnEvent.Delta("Hel"));
    Thread reading =
        Thread.startVirtualThread(() -> {
          try {
            started.following().next(World.PATIENCE);
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });

    started.following().close();

    assertThat(reading.join(World.PATIENCE)).isTrue();
    assertThat(started.following().ended()).isTrue();
    gate.open();
    awaitEnd(started);
  }

  @Test
  void leavingIsPossibleAfterEverythingIsClosed() {
    Started started = silent(new OnDisconnect.Grace(Duration.ofSeconds(30)));

    world.useCases.close();
    started.following().close();

    assertThat(world.stored(started).hasEnded()).isTrue();
  }

  /** A turn that has said something, and waits at the gate. */
  private Started silent(OnDisconnect onDisconnect) {
    world.fakes.model().then(script().says("Hel").waits(gate).ends());
    Started started = world.start(wish("c", "hi", onDisconnect));
    gate.awaitReached();
    return started;
  }

  private void awaitEnd(Started started) {
    World.await(() -> world.stored(started).hasEnded(), "the turn goes on");
  }
}
