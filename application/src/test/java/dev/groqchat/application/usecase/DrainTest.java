package dev.groqchat.application.usecase;

import static dev.groqchat.application.fixtures.Script.script;
import static dev.groqchat.application.usecase.World.ALICE;
import static dev.groqchat.application.usecase.World.GOING_AWAY;
import static dev.groqchat.application.usecase.World.PATIENCE;
import static dev.groqchat.application.usecase.World.drain;
import static dev.groqchat.application.usecase.World.end;
import static dev.groqchat.application.usecase.World.plain;
import static dev.groqchat.application.usecase.World.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.groqchat.application.fixtures.Background;
import dev.groqchat.application.fixtures.Gate;
import dev.groqchat.application.port.in.StartTurn.Started;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.turn.TurnEvent;
import dev.groqchat.domain.turn.TurnState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of new turns, and of those that are open, when the service is about to end. */
@Timeout(30)
class DrainTest {
  private World world = new World();
  private final Gate gate = new Gate();

  @AfterEach
  void everyTurnEndsOnceAndLeavesNothingOpen() {
    gate.open();
    world.close();
    world.assertAllEnded();
  }

  @Test
  void newTurnsAreRefusedWhileWhatRunsComesToItsEnd() throws Exception {
    Started running = silent();
    try (Background<Boolean> draining = draining()) {
      assertRefused();

      gate.open();

      assertThat(draining.result()).isTrue();
    }
    assertThat(world.useCases.openTurns()).isZero();
    assertThat(world.stored(running).state()).isInstanceOf(TurnState.Finished.class);
    assertThat(plain(drain(running.following()))).last().isInstanceOf(TurnEvent.Finished.class);
    assertRefused();
    assertThat(world.fakes.turns().all()).hasSize(1);
  }

  @Test
  void whatWaitsInAConversationGoesOnWhileThereIsPatience() throws Exception {
    List<Started> line = List.of(silent(), world.start("c", "second"), world.start("c", "third"));
    try (Background<Boolean> draining = draining()) {
      gate.open();

      assertThat(draining.result()).isTrue();
    }
    assertThat(line)
        .extracting(it -> world.stored(it).state())
        .hasOnlyElementsOfType(TurnState.Finished.class);
  }

  @Test
  void whatIsLeftWhenPatienceEndsIsStoredWithItsTextAndCanBeTriedAgain() {
    List<Started> left =
        List.of(silent(), world.start("c", "waits"), world.start("c", "waits, too"));

    world.useCases.drain(Duration.ZERO);

    TurnEvent.Ending failed = new TurnEvent.Failed(GOING_AWAY);
    assertThat(GOING_AWAY.retryable()).isTrue();
    assertThat(left).extracting(it -> end(world.stored(it)).event()).containsOnly(failed);
    assertThat(left)
        .extracting(it -> end(world.stored(it)).reply().text())
        .containsExactly("so far", "", "");
    assertThat(left)
        .allSatisfy(
            it -> assertThat(plain(drain(it.following()))).containsOnlyOnce((TurnEvent) failed));
  }

  @Test
  void noneBeginsBecauseAnotherHasEndedAtTheCut() {
    silent();
    for (int waiting = 0; waiting < 20; waiting++) {
      world.start("c", "waits");
    }

    world.useCases.drain(Duration.ZERO);

    assertThat(world.fakes.model().questions()).hasSize(1);
  }

  @Test
  void whatWasStoppedBeforeTheCutStaysStopped() throws Exception {
    Started running = silent();
    try (Background<Boolean> draining = draining()) {
      world.useCases.stopTurn().stop(ALICE, World.ref(running));

      assertThat(draining.result()).isTrue();
    }
    assertThat(world.stored(running).state()).isInstanceOf(TurnState.Stopped.class);
  }

  @Test
  void drainingAgainAndClosingChangeNothing() throws Exception {
    world.fakes.model().whenAsked(question -> gate.pass());
    Started started = world.start("c", "hi");
    gate.awaitReached();
    // Whoever is interrupted cuts at once, and does not wait for what that brings about.
    for (int time = 0; time < 2; time++) {
      Thread.currentThread().interrupt();
      world.useCases.drain(PATIENCE);
      assertThat(Thread.interrupted()).isTrue();
    }
    try (Background<Boolean> closing =
        Background.run(() -> {
          world.useCases.close();
          return true;
        })) {
      gate.open();
      assertThat(closing.result()).isTrue();
    }

    world.useCases.drain(PATIENCE);

    assertThat(end(world.stored(started)).event()).isEqualTo(new TurnEvent.Failed(GOING_AWAY));
    assertThat(world.useCases.watchDrain().draining()).isTrue();
  }

  @Test
  void whoIsInterruptedWhileDrainingHasNoMorePatience() {
    Started running = silent();

    Thread.currentThread().interrupt();
    world.useCases.drain(PATIENCE);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(plain(drain(running.following()))).endsWith(new TurnEvent.Failed(GOING_AWAY));
  }

  @Test
  void withNothingOpenItIsOverAtOnce() {
    world.run("c", "hi");

    world.useCases.drain(Duration.ofDays(1));

    assertRefused();
  }

  @Test
  void surfacesSeeThatItGoesAway() {
    assertThat(world.useCases.watchDrain().draining()).isFalse();

    world.useCases.drain(Duration.ZERO);

    assertThat(world.useCases.watchDrain().draining()).isTrue();
  }

  @Test
  void aServiceThatIsFullSaysThatItGoesAwayAllTheSame() throws Exception {
    world.close();
    world = new World(settings(20, null, 1));
    silent();
    try (Background<Boolean> draining = draining()) {
      assertRefused();
      gate.open();
      assertThat(draining.result()).isTrue();
    }
  }

  @Test
  void theOpenTurnsOfOthersCanStillBeFollowedAndReadAmidTheDrain() throws Exception {
    Started running = silent();
    try (Background<Boolean> draining = draining();
        var following = world.useCases.followTurn().follow(ALICE, World.ref(running), 1)) {
      assertThat(plain(following.next(PATIENCE))).containsExactly(new TurnEvent.Delta("so far"));
      assertThat(world.useCases.readTurn().read(ALICE, World.ref(running)).text())
          .isEqualTo("so far");
      gate.open();
      assertThat(draining.result()).isTrue();
    }
  }

  /** Turns that come as the drain begins are either refused or ended: none is overlooked. */
  @Test
  void noTurnSlipsThroughAsTheDrainBegins() throws Exception {
    for (int round = 0; round < 300; round++) {
      Places places = new Places(Integer.MAX_VALUE);
      OpenTurns open = new OpenTurns(places);
      try (Background<Boolean> starting = Background.run(() -> startForEver(open))) {
        World.await(() -> places.size() > 0, "nothing starts");

        places.drain(Duration.ZERO);

        assertThatThrownBy(starting::result).hasMessage(GOING_AWAY.detail());
        // A turn that has ended is counted for a moment longer.
        World.await(() -> places.size() == 0, "a turn goes on");
      }
    }
  }

  private static boolean startForEver(OpenTurns open) {
    for (int number = 0; true; number++) {
      OpenTurn turn = OpenTurnTest.opened(number);
      open.admit(turn);
      open.run(turn, DrainTest::untilStopped);
    }
  }

  private static void untilStopped(OpenTurn turn) {
    try {
      turn.interruptibly(() -> {
        new CountDownLatch(1).await();
        return turn;
      });
    } catch (InterruptedException _) {
      // As it must.
    }
  }

  /** A turn that has said something, and waits at the gate. */
  private Started silent() {
    world.fakes.model().then(script().says("so far").waits(gate).ends());
    Started started = world.start("c", "hi");
    gate.awaitReached();
    return started;
  }

  /** A drain that is under way. */
  private Background<Boolean> draining() {
    Background<Boolean> draining =
        Background.run(() -> {
          world.useCases.drain(PATIENCE);
          return true;
        });
    World.await(() -> world.useCases.watchDrain().draining(), "it does not drain");
    return draining;
  }

  private void assertRefused() {
    assertThatThrownBy(() -> world.start("c", "too late"))
        .isInstanceOfSatisfying(
            ChatException.class, e -> assertThat(e.failure()).isEqualTo(GOING_AWAY));
  }
}
