package dev.groqchat.application.usecase;

import static dev.groqchat.application.fixtures.Script.answers;
import static dev.groqchat.application.fixtures.Script.refuses;
import static dev.groqchat.application.fixtures.Script.script;
import static dev.groqchat.application.usecase.World.ALICE;
import static dev.groqchat.application.usecase.World.drain;
import static dev.groqchat.application.usecase.World.end;
import static dev.groqchat.application.usecase.World.settings;
import static dev.groqchat.application.usecase.World.wish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.groqchat.application.fixtures.Fixtures;
import dev.groqchat.application.fixtures.Gate;
import dev.groqchat.application.fixtures.Script;
import dev.groqchat.application.port.in.StartTurn.Started;
import dev.groqchat.domain.conversation.MessageRules;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.turn.OnDisconnect;
import dev.groqchat.domain.turn.TurnEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only so many turns are open at once, and each gives its place back. */
class AdmissionTest {
  private final World world = new World(settings(20, null, 3));

  @AfterEach
  void everyTurnEndsOnceAndLeavesNothingOpen() {
    world.close();
    world.assertAllEnded();
  }

  @Test
  void whoFindsNoPlaceIsToldToComeBackAndNothingIsStored() {
    Gate gate = new Gate();
    world.fakes.model().otherwise(question -> script().waits(gate).ends());
    List<Started> open = new ArrayList<>();
    for (int place = 0; place < 3; place++) {
      open.add(world.start("c" + place % 2, "hi"));
    }
    assertThat(world.useCases.openTurns()).isEqualTo(3);

    assertTooBusy(() -> world.start("d", "one too many"));

    assertThat(world.fakes.turns().all()).hasSize(3);
    assertThat(world.fakes.conversations().find(World.key(ALICE, "d"))).isEmpty();
    gate.open();
    open.forEach(it -> drain(it.following()));
    World.await(() -> world.useCases.openTurns() == 0, "turns are open");
    drain(world.start("d", "again").following());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void whateverEndsATurnItsPlaceIsGivenBack(long seed) throws Exception {
    Random random = new Random(seed);
    for (int turn = 0; turn < 40; turn++) {
      World.await(() -> world.useCases.openTurns() < 3, "no place is given back");
      Gate gate = new Gate();
      int ending = random.nextInt(8);
      world.fakes.model().otherwise(question -> reply(ending, gate));
      world.watch((operation, subject) -> {
        if (ending == 7 && operation.equals("add")) {
          throw new ChatException(new Failure.StoreUnavailable(Duration.ofSeconds(1)));
        }
      });
      try {
        OnDisconnect leaving =
            random.nextBoolean() ? new OnDisconnect.Cancel() : new OnDisconnect.Continue();
        Started started = world.start(wish("c" + random.nextInt(2), "hi", leaving));
        if (random.nextBoolean()) {
          world.useCases.stopTurn().stop(ALICE, World.ref(started));
        } else if (random.nextBoolean()) {
          gate.open();
          drain(started.following());
        }
        started.following().close();
        gate.open();
      } catch (ChatException e) {
        assertThat(e.failure()).isInstanceOf(Failure.StoreUnavailable.class);
      }
    }

    World.await(() -> world.useCases.openTurns() == 0, "turns are open");
  }

  @Test
  void nothingIsAdmittedAfterTheClose() {
    world.useCases.close();

    assertThatThrownBy(() -> world.start("c", "hi"))
        .isInstanceOfSatisfying(
            ChatException.class, e -> assertThat(e.failure()).isEqualTo(World.GOING_AWAY));

    assertThat(world.useCases.openTurns()).isZero();
    assertThat(world.fakes.turns().all()).isEmpty();
  }

  @Test
  void aTurnThatIsBeingStartedAtTheCloseIsEndedToo() throws Exception {
    Gate gate = new Gate();
    world.watch((operation, subject) -> {
      if (operation.equals("add")) {
        gate.pass();
      }
    });
    Thread starting = Thread.startVirtualThread(() -> drain(world.start("c", "hi").following()));
    gate.awaitReached();
    Thread closing = Thread.startVirtualThread(world.useCases::close);
    World.await(
        () -> closing.getState() == Thread.State.TIMED_WAITING, "the close does not wait for it");

    gate.open();

    assertThat(closing.join(World.PATIENCE)).isTrue();
    assertThat(starting.join(World.PATIENCE)).isTrue();
    assertThat(world.fakes.turns().all()).hasSize(1);
    assertThat(world.fakes.model().questions()).isEmpty();
  }

  @Test
  void closingEndsWhatRunsAsFailedAndAsksNothingOfWhatWaits() {
    Gate gate = new Gate();
    world.fakes.model().then(script().says("so far").waits(gate));
    world.start("c", "running").following().close();
    gate.awaitReached();
    world.start("c", "waiting").following().close();
    world.start("c", "waiting").following().close();

    world.useCases.close();

    assertThat(world.useCases.openTurns()).isZero();
    assertThat(world.fakes.model().open()).isZero();
    assertThat(world.fakes.model().questions()).hasSize(1);
    assertThat(world.fakes.turns().all())
        .extracting(turn -> end(turn).event())
        .containsOnly(new TurnEvent.Failed(World.GOING_AWAY));
    assertThat(world.fakes.turns().all())
        .extracting(turn -> end(turn).reply().text())
        .containsExactly("so far", "", "");
    World.await(() -> graces() == 0, "a thread is left");
  }

  @Test
  void whoIsInterruptedWhileClosingHasEndedThemAllTheSame() throws Exception {
    Gate gate = new Gate();
    world.fakes.model().whenAsked(question -> gate.pass());
    Started started = world.start("c", "hi");
    gate.awaitReached();
    Thread closing = Thread.startVirtualThread(world.useCases::close);

    closing.interrupt();

    assertThat(closing.join(World.PATIENCE)).isTrue();
    gate.open();
    drain(started.following());
    assertThat(end(world.stored(started)).event())
        .isEqualTo(new TurnEvent.Failed(World.GOING_AWAY));
  }

  @Test
  void settingsThatMakeNoSenseAreRefused() {
    MessageRules rules = new MessageRules(1, 1);
    for (int[] bad : new int[][] {{0, 0, 1}, {1, -1, 1}, {1, 0, 0}}) {
      assertThatThrownBy(() ->
              new TurnSettings(
                  world.settings.model(),
                  bad[0],
                  bad[1],
                  null,
                  rules,
                  List.of(),
                  Fixtures.admission(bad[2])))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static Script reply(int ending, Gate gate) {
    return switch (ending) {
      case 0 -> answers("a", "b");
      case 1 -> refuses(new Failure.ModelOverloaded(Duration.ofSeconds(1)));
      case 2 -> refuses(new IllegalStateException("defect"));
      case 3 -> script().says("a").fails(new Failure.ReplyCut());
      case 4 -> script().says("a").waits(gate).ends();
      case 5 -> answers("a").hesitates(gate);
      case 6 -> script().says("a").breaks(new StackOverflowError());
      default -> script();
    };
  }

  private static long graces() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("graces"))
        .count();
  }

  private static void assertTooBusy(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ChatException.class,
            e -> assertThat(e.failure()).isEqualTo(new Failure.TooBusy(Duration.ofSeconds(2))));
  }
}
