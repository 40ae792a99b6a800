package dev.groqchat.application.usecase;

import static dev.groqchat.application.fixtures.Script.refuses;
import static dev.groqchat.application.fixtures.Script.script;
import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.application.fixtures.FakeCatalog;
import dev.groqchat.application.fixtures.Script;
import dev.groqchat.application.fixtures.WordCounter;
import dev.groqchat.application.usecase.admission.FairQueue;
import dev.groqchat.application.usecase.admission.Pace;
import dev.groqchat.domain.conversation.Conversation;
import dev.groqchat.domain.conversation.Message;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.trimming.CountedMessage;
import dev.groqchat.domain.trimming.TokenCount;
import dev.groqchat.domain.turn.OnDisconnect;
import dev.groqchat.domain.turn.Timings;
import dev.groqchat.domain.turn.Turn;
import dev.groqchat.domain.turn.TurnEvent;
import dev.groqchat.domain.turn.TurnId;
import dev.groqchat.domain.turn.TurnOptions;
import dev.groqchat.domain.turn.TurnState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where a turn's time goes, on a clock that only moves when something is done. */
class TimingsTest {
  private final World world = new World();
  private final AtomicLong nanos = new AtomicLong(-5);
  private final Turn turn =
      Turn.queued(
          new TurnId(new UUID(0, 1)),
          World.key(World.ALICE, "c"),
          new CountedMessage(Message.user("hi"), new TokenCount(1, WordCounter.EXACT)),
          new TurnOptions(FakeCatalog.DEFAULT, null, 10, OnDisconnect.DEFAULT),
          Instant.EPOCH,
          null);

  /** Waiting takes 1000, storing 1, journalling 10, being accepted 100. */
  @BeforeEach
  void everythingTakesItsTime() {
    world
        .fakes
        .conversations()
        .create(Conversation.begin(turn.conversation(), null, null, null, Instant.EPOCH));
    world.fakes.turns().add(turn);
    world.fakes.journal().open(turn.id());
    world
        .fakes
        .turns()
        .interfere((operation, subject) -> {
          switch (operation) {
            case "awaitHead" -> nanos.addAndGet(1000);
            case "update" -> nanos.addAndGet(1);
            default -> {}
          }
        });
    world
        .fakes
        .journal()
        .interfere((operation, subject) -> {
          if (operation.equals("append")) {
            nanos.addAndGet(10);
          }
        });
    world.fakes.model().whenAsked(question -> nanos.addAndGet(100));
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void theTimeOfAFinishedTurnIsAccountedFor() {
    Timings timings = run(script().says("a").says("b").ends());

    // Total: what waits, is accepted, is stored once before, and told three times before the end.
    assertThat(timings.queue()).isEqualTo(Duration.ofNanos(1000));
    assertThat(timings.firstToken()).isEqualTo(Duration.ofNanos(1000 + 1 + 100 + 10));
    assertThat(timings.total()).isEqualTo(Duration.ofNanos(1000 + 1 + 100 + 3 * 10));
    assertThat(timings.overhead()).isEqualTo(Duration.ofNanos(1 + 3 * 10));
  }

  @Test
  void thinkingIsTheBeginningOfAReply() {
    assertThat(run(script().thinks("hm").says("a").ends()).firstToken())
        .isEqualTo(Duration.ofNanos(1000 + 1 + 100 + 10));
  }

  @Test
  void aTurnThatFailedWithoutAWordHasNoFirstToken() {
    Timings timings = run(refuses(new Failure.ModelUnavailable()));

    assertThat(timings)
        .isEqualTo(
            new Timings(Duration.ofNanos(1000), null, Duration.ofNanos(1101), Duration.ofNanos(1)));
  }

  @Test
  void theFinishedEventTellsTheStoredTimings() {
    Timings timings = run(script().says("a").ends());

    assertThat(world.fakes.journal().events(turn.id()).getLast().event())
        .isInstanceOfSatisfying(
            TurnEvent.Finished.class, it -> assertThat(it.timings()).isEqualTo(timings));
  }

  private Timings run(Script script) {
    world.fakes.model().then(script);
    Ports ports = world.fakes.ports();
    Timer never = (delay, work) -> () -> {};
    Pace pace = new Pace();
    TurnSettings.Admission admission = world.settings.admission();
    FairQueue queue =
        new FairQueue(
            admission.rules(),
            ports.budgets(),
            ports.telemetry(),
            pace,
            world.fakes.clock(),
            never::after);
    ModelAsker asker = new ModelAsker(ports, queue, admission.patience(), world.fakes.clock());
    Candidates candidates = new Candidates(ports, world.settings, asker);
    TurnRunner runner =
        new TurnRunner(
            ports,
            new Contexts(ports, world.settings),
            candidates,
            new Ends(ports, 1),
            pace,
            nanos::get);
    runner.run(
        new OpenTurn(
            turn,
            World.ALICE,
            new TurnWishes.Asked(List.of(turn.question().message()), false),
            never,
            () -> false));
    List<Turn> stored = world.fakes.turns().all();
    return ((TurnState.Ended) stored.getFirst().state()).timings();
  }
}
