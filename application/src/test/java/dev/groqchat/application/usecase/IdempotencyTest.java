package dev.groqchat.application.usecase;

import static dev.groqchat.application.fixtures.Script.script;
import static dev.groqchat.application.usecase.World.ALICE;
import static dev.groqchat.application.usecase.World.BOB;
import static dev.groqchat.application.usecase.World.PATIENCE;
import static dev.groqchat.application.usecase.World.drain;
import static dev.groqchat.application.usecase.World.id;
import static dev.groqchat.application.usecase.World.plain;
import static dev.groqchat.application.usecase.World.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.groqchat.application.fixtures.Background;
import dev.groqchat.application.fixtures.Gate;
import dev.groqchat.application.fixtures.Interference;
import dev.groqchat.application.port.in.StartTurn.NewTurn;
import dev.groqchat.application.port.in.StartTurn.Said;
import dev.groqchat.application.port.in.StartTurn.Started;
import dev.groqchat.domain.conversation.Conversation;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.turn.NumberedEvent;
import dev.groqchat.domain.turn.OnDisconnect;
import dev.groqchat.domain.turn.Turn;
import dev.groqchat.domain.turn.TurnEvent;
import dev.groqchat.domain.turn.TurnId;
import dev.groqchat.domain.turn.TurnState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same request sent twice is one turn. */
@Timeout(30)
class IdempotencyTest {
  private static final Failure AWAY = new Failure.StoreUnavailable(Duration.ofSeconds(1));

  private World world = new World();
  private final Gate gate = new Gate();

  @AfterEach
  void everyTurnEndsOnceAndLeavesNothingOpen() {
    gate.open();
    world.watch(Interference.NONE);
    world.close();
    world.assertAllEnded();
    for (TurnId turn : world.fakes.journal().turns()) {
      assertThat(world.fakes.journal().events(turn)).last().matches(NumberedEvent::ending);
    }
    assertThat(world.fakes.journal().followings()).isZero();
  }

  @Test
  void sentAgainWhileItRunsItAttachesAndMissesNothing() {
    Started first = silent(new OnDisconnect.Continue());

    Started second = start(keyed("hi", "k", new OnDisconnect.Continue()));
    gate.open();

    assertThat(second.turn().id()).isEqualTo(first.turn().id());
    List<NumberedEvent> events = drain(first.following());
    assertThat(events).hasSize(3).last().matches(NumberedEvent::ending);
    assertThat(drain(second.following())).isEqualTo(events);
    assertOneTurn();
  }

  /** Both have found that there is no such turn yet, and add theirs. */
  @Test
  void sentTwiceAtOnceItIsOneTurn() throws Exception {
    CyclicBarrier both = new CyclicBarrier(2);
    world.watch((operation, subject) -> {
      if (operation.equals("add")) {
        meet(both);
      }
    });
    world.fakes.model().then(script().says("Hel").waits(gate).ends());

    try (Background<Started> one = Background.run(() -> start(keyed("hi", "k")));
        Background<Started> other = Background.run(() -> start(keyed("hi", "k")))) {
      Started first = one.result();
      Started second = other.result();

      assertThat(second.turn().id()).isEqualTo(first.turn().id());
      assertThat(world.useCases.openTurns()).isOne();
      assertThat(world.fakes.journal().followings()).isEqualTo(2);
      gate.open();
      List<NumberedEvent> events = drain(first.following());
      assertThat(events).hasSize(3).first().matches(event -> event.seq() == 1);
      assertThat(drain(second.following())).isEqualTo(events);
    }
    assertOneTurn();
  }

  @Test
  void sentManyTimesAtOnceItIsOneTurn() throws Exception {
    List<Background<Started>> clients = new ArrayList<>();
    for (int client = 0; client < 40; client++) {
      clients.add(Background.run(() -> start(keyed("hi", "k"))));
    }

    for (Background<Started> client : clients) {
      assertThat(plain(drain(client.result().following())))
          .hasSize(3)
          .last()
          .isInstanceOf(TurnEvent.Finished.class);
    }
    assertOneTurn();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whoAttachesCountsAmongThoseWhoKeepItGoing(boolean firstLeaves) {
    Started first = silent(new OnDisconnect.Cancel());
    Started second = start(keyed("hi", "k", new OnDisconnect.Cancel()));

    (firstLeaves ? first : second).following().close();
    gate.open();

    assertThat(plain(drain((firstLeaves ? second : first).following())))
        .last()
        .isInstanceOf(TurnEvent.Finished.class);
  }

  @Test
  void whenAllHaveLeftItStops() {
    Started first = silent(new OnDisconnect.Cancel());
    Started second = start(keyed("hi", "k", new OnDisconnect.Cancel()));

    first.following().close();
    second.following().close();

    World.await(() -> world.stored(first).hasEnded(), "the turn goes on");
    assertThat(world.stored(first).state()).isInstanceOf(TurnState.Stopped.class);
  }

  @Test
  void sentAgainAfterItsEndItTellsTheSameOnceMore() {
    Started first = start(keyed("hi", "k"));
    List<NumberedEvent> events = drain(first.following());

    Started again = start(keyed("hi", "k"));

    assertThat(again.turn()).isEqualTo(world.stored(first));
    assertThat(drain(again.following())).isEqualTo(events);
    assertOneTurn();
  }

  @Test
  void sentAgainAfterItsJournalIsGoneItTellsTheWholeTextAndTheEnd() {
    Started first = start(keyed("hi", "k"));
    List<NumberedEvent> events = drain(first.following());
    world.fakes.journal().forget(first.turn().id());

    List<NumberedEvent> again = drain(start(keyed("hi", "k")).following());

    assertThat(again)
        .containsExactly(new NumberedEvent(2, new TurnEvent.Gap("re: hi")), events.getLast());
    world.fakes.turns().all().forEach(turn -> assertThat(turn.hasEnded()).isTrue());
    assertThat(world.fakes.model().questions()).hasSize(1);
    world.useCases.deleteConversation().delete(ALICE, id("c"));
  }

  @Test
  void whatHasFailedStaysFailedUnderItsKey() {
    world.fakes.model().then(script().says("half").fails(new Failure.ReplyCut()));
    drain(start(keyed("hi", "k")).following());

    assertThat(plain(drain(start(keyed("hi", "k")).following())))
        .endsWith(new TurnEvent.Failed(new Failure.ReplyCut()));
    assertOneTurn();
  }

  @Test
  void aRepeatNeitherSpeaksInItsConversationNorBeginsIt() {
    drain(start(keyed("hi", "k")).following());
    Conversation before = conversation();

    drain(start(keyed("hi", "k")).following());

    assertThat(conversation()).isEqualTo(before);
  }

  @Test
  void aServiceThatIsFullStillAttaches() {
    in(new World(settings(20, null, 1)));
    Started first = silent(new OnDisconnect.Continue());
    assertThatThrownBy(() -> start(keyed("something else", "other")))
        .isInstanceOf(ChatException.class);

    Started second = start(keyed("hi", "k", new OnDisconnect.Continue()));

    assertThat(second.turn().id()).isEqualTo(first.turn().id());
    gate.open();
    drain(first.following());
    drain(second.following());
  }

  @Test
  void aServiceThatGoesAwayStillAttachesToWhatItHas() throws Exception {
    Started first = silent(new OnDisconnect.Continue());
    try (Background<Boolean> draining =
        Background.run(() -> {
          world.useCases.drain(PATIENCE);
          return true;
        })) {
      World.await(() -> world.useCases.watchDrain().draining(), "it does not drain");

      Started second = start(keyed("hi", "k", new OnDisconnect.Continue()));
      gate.open();

      List<NumberedEvent> events = drain(second.following());
      assertThat(plain(events)).last().isInstanceOf(TurnEvent.Finished.class);
      assertThat(drain(first.following())).isEqualTo(events);
      assertThat(draining.result()).isTrue();
      assertThat(drain(start(keyed("hi", "k", new OnDisconnect.Continue())).following()))
          .isEqualTo(events);
    }
  }

  @Test
  void anotherRequestUnderTheSameKeyIsRefusedAndStartsNothing() {
    drain(start(keyed("hi", "k")).following());

    assertFailure(() -> start(keyed("ho", "k")), new Failure.KeyReused());
    assertFailure(
        () -> start(keyed("hi", "k", new OnDisconnect.Cancel())), new Failure.KeyReused());
    assertFailure(() -> start(keyed("d", "hi", "k", null)), new Failure.KeyReused());

    assertOneTurn();
    assertThat(world.fakes.conversations().find(World.key(ALICE, "d"))).isEmpty();
  }

  @Test
  void ofTwoDifferentRequestsUnderOneKeyAtOnceOneIsRefused() throws Exception {
    CyclicBarrier both = new CyclicBarrier(2);
    world.watch((operation, subject) -> {
      if (operation.equals("add")) {
        meet(both);
      }
    });
    int refused = 0;
    try (Background<Started> one = Background.run(() -> start(keyed("hi", "k")));
        Background<Started> other = Background.run(() -> start(keyed("ho", "k")))) {
      for (Background<Started> client : List.of(one, other)) {
        try {
          drain(client.result().following());
        } catch (ChatException e) {
          assertThat(e.failure()).isEqualTo(new Failure.KeyReused());
          refused++;
        }
      }
    }
    assertThat(refused).isOne();
    assertOneTurn();
  }

  @Test
  void anotherOwnersKeyIsAnother() {
    drain(start(keyed("hi", "k")).following());

    drain(world.useCases.startTurn().start(BOB, keyed("ho", "k")).following());

    assertThat(world.fakes.turns().all()).hasSize(2);
  }

  @Test
  void withoutAKeyEveryRequestIsATurn() {
    world.run("c", "hi");
    world.run("c", "hi");

    assertThat(world.fakes.model().questions()).hasSize(2);
  }

  @Test
  void aDeletedConversationFreesItsKeys() {
    drain(start(keyed("hi", "k")).following());
    world.useCases.deleteConversation().delete(ALICE, id("c"));

    drain(start(keyed("ho", "k")).following());

    assertThat(world.sentLast()).containsExactly("ho");
  }

  @Test
  void aRequestThatCouldNotBeStoredLeavesItsKeyFree() {
    world.watch(failingAt("add"));
    assertFailure(() -> start(keyed("hi", "k")), AWAY);
    world.watch(Interference.NONE);

    drain(start(keyed("hi", "k")).following());

    assertOneTurn();
  }

  @Test
  void aStoreThatDoesNotKnowTheKeyStartsNothing() {
    world.watch(failingAt("find"));

    assertFailure(() -> start(keyed("hi", "k")), AWAY);

    assertThat(world.useCases.openTurns()).isZero();
    assertThat(world.fakes.journal().turns()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "ä", "a\nb"})
  void aKeyThatIsNoneIsRefusedAndTakesNoPlace(String key) {
    in(new World(settings(20, null, 1)));
    for (int time = 0; time < 3; time++) {
      assertThatThrownBy(() -> start(keyed("hi", key)))
          .isInstanceOfSatisfying(
              ChatException.class,
              e ->
                  assertThat(e.failure())
                      .isInstanceOfSatisfying(
                          Failure.InvalidRequest.class,
                          it -> assertThat(it.field()).isEqualTo("Idempotency-Key")));
    }

    assertThat(world.useCases.openTurns()).isZero();
    drain(start(keyed("hi", "k")).following());
  }

  @Test
  void aKeyIsInNoLogAndNoMessage() {
    String secret = "secret-key-of-alice";
    List<String> logged = new CopyOnWriteArrayList<>();
    Logger root = Logger.getLogger("");
    Handler listener = listener(logged);
    root.addHandler(listener);
    try {
      world.fakes.model().then(script().fails(new IllegalStateException("defect")));
      drain(start(keyed("hi", secret)).following());
      drain(start(keyed("hi", secret)).following());
      assertThatThrownBy(() -> start(keyed("ho", secret)))
          .satisfies(e -> assertThat(e.toString()).doesNotContain(secret));
    } finally {
      root.removeHandler(listener);
    }

    assertThat(logged).isNotEmpty().noneMatch(line -> line.contains(secret));
  }

  private static Handler listener(List<String> logged) {
    Handler listener =
        new Handler() {
          @Override
          public void publish(LogRecord entry) {
            logged.add(entry.getMessage() + " " + entry.getThrown());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    listener.setLevel(Level.ALL);
    return listener;
  }

  /** A turn under the key k that has said something, and waits at the gate. */
  private Started silent(OnDisconnect onDisconnect) {
    world.fakes.model().then(script().says("Hel").waits(gate).ends());
    Started started = start(keyed("hi", "k", onDisconnect));
    gate.awaitReached();
    return started;
  }

  private Started start(NewTurn wish) {
    return world.start(wish);
  }

  private static NewTurn keyed(String text, String key) {
    return keyed("c", text, key, null);
  }

  private static NewTurn keyed(String text, String key, OnDisconnect onDisconnect) {
    return keyed("c", text, key, onDisconnect);
  }

  private static NewTurn keyed(
      String conversation, String text, String key, @Nullable OnDisconnect onDisconnect) {
    Said said = new Said.Text(text);
    return new NewTurn(id(conversation), said, null, null, null, onDisconnect, null, key, false);
  }

  private void in(World other) {
    world.close();
    world = other;
  }

  private Conversation conversation() {
    return world.fakes.conversations().find(World.key(ALICE, "c")).orElseThrow();
  }

  private void assertOneTurn() {
    assertThat(world.fakes.turns().all()).extracting(Turn::hasEnded).containsExactly(true);
    assertThat(world.fakes.model().questions()).hasSize(1);
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new AssertionError(e);
    }
  }

  private static Interference failingAt(String step) {
    return (operation, subject) -> {
      if (operation.equals(step)) {
        throw new ChatException(AWAY);
      }
    };
  }

  private static void assertFailure(ThrowingCallable call, Failure failure) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ChatException.class, e -> assertThat(e.failure()).isEqualTo(failure));
  }
}
