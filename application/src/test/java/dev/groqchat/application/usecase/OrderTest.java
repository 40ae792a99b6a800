package dev.groqchat.application.usecase;

import static dev.groqchat.application.fixtures.Script.answers;
import static dev.groqchat.application.fixtures.Script.script;
import static dev.groqchat.application.usecase.World.BOB;
import static dev.groqchat.application.usecase.World.drain;
import static dev.groqchat.application.usecase.World.plain;
import static dev.groqchat.application.usecase.World.wish;
import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.application.fixtures.Gate;
import dev.groqchat.application.port.in.StartTurn.Started;
import dev.groqchat.application.usecase.admission.Pace;
import dev.groqchat.domain.turn.Turn;
import dev.groqchat.domain.turn.TurnEvent;
import dev.groqchat.domain.turn.TurnState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Turns of one conversation run one after the other, those of several at once. */
class OrderTest {
  private final World world = new World();

  @AfterEach
  void everyTurnEndsOnceAndLeavesNothingOpen() {
    world.assertAllEnded();
    world.close();
  }

  @Test
  void tenTurnsSentAtOnceBecomeTenStrictPairs() throws Exception {
    CountDownLatch together = new CountDownLatch(1);
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int client = 0; client < 10; client++) {
        String text = "message " + client;
        all.add(
            clients.submit(() -> {
              together.await();
              return drain(world.start("c", text).following());
            }));
      }
      together.countDown();
      for (Future<?> one : all) {
        one.get();
      }
    }

    assertThat(world.fakes.model().mostAtOnce()).isEqualTo(1);
    List<Turn> stored = world.fakes.turns().all();
    assertThat(stored).hasSize(10);
    for (int place = 0; place < 10; place++) {
      List<String> expected =
          Stream.concat(
                  stored.subList(0, place).stream().flatMap(OrderTest::pair),
                  Stream.of(stored.get(place).question().message().text()))
              .toList();
      assertThat(world.sent(place)).isEqualTo(expected);
    }
  }

  @Test
  void aFailedTurnLetsTheNextGo() {
    world.fakes.model().then(script()).then(answers("fine"));

    world.run("c", "first");

    assertThat(world.run("c", "second").state()).isInstanceOf(TurnState.Finished.class);
  }

  @Test
  void turnsOfDifferentConversationsRunAtOnce() {
    Gate first = new Gate();
    Gate second = new Gate();
    world.fakes.model().then(script().waits(first).ends());
    Started one = world.start("c", "hi");
    first.awaitReached();
    world.fakes.model().then(script().waits(second).ends());
    Started other = world.start("d", "hi");
    second.awaitReached();

    assertThat(world.fakes.model().open()).isEqualTo(2);

    first.open();
    second.open();
    drain(one.following());
    drain(other.following());
  }

  @Test
  void twoOwnersConversationsOfTheSameNameAreTwo() {
    Gate gate = new Gate();
    world.fakes.model().then(script().waits(gate).ends());
    Started alices = world.start("c", "hi");
    gate.awaitReached();

    Started bobs = world.useCases.startTurn().start(BOB, wish("c", "ho"));
    drain(bobs.following());

    assertThat(world.sentLast()).containsExactly("ho");
    gate.open();
    drain(alices.following());
  }

  @Test
  void whoWaitsIsToldItsPlaceAsItMovesUp() {
    Gate gate = new Gate();
    world.fakes.model().then(script().waits(gate).ends());
    Started first = world.start("c", "first");
    gate.awaitReached();
    Gate again = new Gate();
    world.fakes.model().then(script().waits(again).ends());
    Started second = world.start("c", "second");
    Started third = world.start("c", "third");

    World.readUntil(second.following(), queued(1));
    World.readUntil(third.following(), queued(2));
    gate.open();
    again.awaitReached();
    List<TurnEvent> moved = plain(World.readOnly(third.following(), TurnEvent.Queued.class));
    again.open();

    // Nobody knows yet how long a turn takes: a guess, or what the first has taken.
    assertThat(moved).hasSize(1);
    assertThat(((TurnEvent.Queued) moved.getFirst()).position()).isEqualTo(1);
    assertThat(plain(drain(third.following())).getFirst()).isInstanceOf(TurnEvent.Started.class);
    drain(first.following());
    drain(second.following());
  }

  @Test
  void whoNeedNotWaitIsNotQueued() {
    world.run("c", "first");

    List<TurnEvent> events = plain(drain(world.start("c", "second").following()));

    assertThat(events).noneMatch(TurnEvent.Queued.class::isInstance);
  }

  @Test
  void thePaceFollowsTheTurnsSlowly() {
    Pace pace = new Pace();
    assertThat(pace.eta(3)).isEqualTo(Duration.ofSeconds(6));

    pace.turnTook(Duration.ofSeconds(12));

    assertThat(pace.eta(1)).isEqualTo(Duration.ofSeconds(4));
  }

  private static Stream<String> pair(Turn turn) {
    return turn.exchange().orElseThrow().messages().stream().map(it -> it.message().text());
  }

  private static TurnEvent queued(int position) {
    return new TurnEvent.Queued(position, Duration.ofSeconds(2L * position));
  }
}
