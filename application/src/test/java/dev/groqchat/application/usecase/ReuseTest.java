package dev.groqchat.application.usecase;

import static dev.groqchat.application.fixtures.Script.answers;
import static dev.groqchat.application.fixtures.Script.refuses;
import static dev.groqchat.application.fixtures.Script.script;
import static dev.groqchat.application.usecase.World.ALICE;
import static dev.groqchat.application.usecase.World.BOB;
import static dev.groqchat.application.usecase.World.drain;
import static dev.groqchat.application.usecase.World.end;
import static dev.groqchat.application.usecase.World.plain;
import static dev.groqchat.application.usecase.World.ref;
import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.application.fixtures.Gate;
import dev.groqchat.application.port.in.Caller;
import dev.groqchat.application.port.in.StartTurn.NewTurn;
import dev.groqchat.application.port.in.StartTurn.Said;
import dev.groqchat.application.port.in.StartTurn.Started;
import dev.groqchat.application.port.out.Telemetry.Fact;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.turn.Reuse;
import dev.groqchat.domain.turn.Turn;
import dev.groqchat.domain.turn.TurnEvent;
import dev.groqchat.domain.turn.TurnId;
import dev.groqchat.domain.turn.TurnState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Turns for which a reply will do that was made before. */
class ReuseTest {
  private final World world = new World();

  @AfterEach
  void everyTurnEndsOnceAndLeavesNothingOpen() {
    world.close();
    world.assertAllEnded();
  }

  @Test
  void theSameQuestionIsAnsweredAgainWithoutTheModel() {
    Turn first = run(ALICE, "one", "hi");
    Turn second = run(ALICE, "two", "hi");

    assertThat(end(second).reply()).isEqualTo(end(first).reply());
    assertThat(reuse(first)).isEqualTo(Reuse.MISS);
    assertThat(reuse(second)).isEqualTo(Reuse.HIT);
    assertThat(world.fakes.model().questions()).hasSize(1);
    assertThat(world.fakes.telemetry().facts(Fact.Asked.class))
        .extracting(Fact.Asked::reuse)
        .containsExactly(Reuse.MISS, Reuse.HIT);
  }

  @Test
  void whoDidNotAskTheModelUsesNoTokens() {
    run(ALICE, "one", "hi");
    World.await(() -> world.useCases.openTurns() == 0, "open");
    long used = world.fakes.limits().tokens("alice");

    run(ALICE, "two", "hi");

    World.await(() -> world.useCases.openTurns() == 0, "open");
    assertThat(used).isPositive();
    assertThat(world.fakes.limits().tokens("alice")).isEqualTo(used);
    assertThat(world.fakes.limits().requests("alice")).isEqualTo(2);
  }

  @Test
  void aQuestionThatBuildsOnOthersIsNotTheSame() {
    run(ALICE, "c", "hi");

    assertThat(reuse(run(ALICE, "c", "hi"))).isEqualTo(Reuse.MISS);
  }

  @Test
  void whatTheModelSawIsKnownOfAReplyThatWasMadeBeforeToo() {
    run(ALICE, "one", "hi");
    Turn again = run(ALICE, "two", "hi");

    assertThat(world.useCases.readContext().read(ALICE, ref(again)).sent()).hasSize(1);
  }

  @Test
  void whoWantsANewReplyGetsOne() {
    run(ALICE, "one", "hi");

    Turn fresh = world.run("two", "hi");

    assertThat(reuse(fresh)).isNull();
    assertThat(world.fakes.model().questions()).hasSize(2);
  }

  @Test
  void aRetryIsANewReplyWhateverIsWished() {
    Turn first = run(ALICE, "c", "hi");

    Turn again = run(ALICE, wish("c", null, first.id()));

    assertThat(reuse(again)).isNull();
    assertThat(world.fakes.model().questions()).hasSize(2);
  }

  @Test
  void anotherOwnersReplyIsNotReused() {
    run(ALICE, "c", "hi");

    assertThat(reuse(run(BOB, "c", "hi"))).isEqualTo(Reuse.MISS);
  }

  @Test
  void whatIsAskedAtOnceIsAskedOnce() throws Exception {
    Gate gate = new Gate();
    world.fakes.model().then(script().says("one ").waits(gate).says("answer").ends());
    List<Started> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      all.add(world.start(wish("c" + i, "hi", null)));
    }
    gate.awaitReached();
    gate.open();

    for (Started started : all) {
      drain(started.following());
      assertThat(end(world.stored(started)).reply().text()).isEqualTo("one answer");
    }
    assertThat(world.fakes.model().questions()).hasSize(1);
    assertThat(world.fakes.telemetry().facts(Fact.Asked.class))
        .extracting(Fact.Asked::reuse)
        .filteredOn(Reuse.MISS::equals)
        .hasSize(1);
  }

  @Test
  void whoWaitsForSomebodyElsesQuestionCanBeStopped() throws Exception {
    Gate gate = new Gate();
    world.fakes.model().then(answers("late").hesitates(gate));
    Started first = world.start(wish("one", "hi", null));
    gate.awaitReached();
    Started second = world.start(wish("two", "hi", null));

    assertThat(world.useCases.stopTurn().stop(ALICE, ref(second)).status()).isEqualTo("stopped");

    gate.open();
    assertThat(plain(drain(first.following()))).last().isInstanceOf(TurnEvent.Finished.class);
  }

  @Test
  void whoAskedMayBeStoppedAndTheOthersGetTheirReply() throws Exception {
    Gate gate = new Gate();
    world.fakes.model().then(script().says("one ").waits(gate).says("answer").ends());
    Started first = world.start(wish("one", "hi", null));
    gate.awaitReached();
    Started second = world.start(wish("two", "hi", null));
    World.readUntil(second.following(), new TurnEvent.Delta("one "));

    assertThat(world.useCases.stopTurn().stop(ALICE, ref(first)).textLength()).isEqualTo(4);
    gate.open();

    drain(second.following());
    assertThat(end(world.stored(second)).reply().text()).isEqualTo("one answer");
  }

  @Test
  void whoCannotBeNotedLeavesNoReaderBehind() throws Exception {
    Gate gate = new Gate();
    world.fakes.model().then(script().says("one ").waits(gate).says("answer").ends());
    Started first = world.start(wish("one", "hi", null));
    gate.awaitReached();
    AtomicBoolean away = new AtomicBoolean(true);
    world.watch((operation, subject) -> {
      if (operation.equals("update") && away.getAndSet(false)) {
        throw new ChatException(new Failure.StoreUnavailable(Duration.ofSeconds(1)));
      }
    });

    Turn second = run(ALICE, wish("two", "hi", null));
    world.useCases.stopTurn().stop(ALICE, ref(first));

    assertThat(end(second)).isInstanceOf(TurnState.Failed.class);
    World.await(() -> world.fakes.model().open() == 0, "somebody still reads");
    drain(first.following());
  }

  @Test
  void aFailureIsSharedButNotKept() {
    world.fakes.model().then(refuses(new Failure.ModelRefused()));

    assertThat(end(run(ALICE, "one", "hi"))).isInstanceOf(TurnState.Failed.class);
    assertThat(end(run(ALICE, "two", "hi"))).isInstanceOf(TurnState.Finished.class);
  }

  private Turn run(Caller caller, String conversation, String text) {
    return run(caller, wish(conversation, text, null));
  }

  private Turn run(Caller caller, NewTurn wish) {
    Started started = world.useCases.startTurn().start(caller, wish);
    drain(started.following());
    return world.stored(started);
  }

  private static NewTurn wish(
      String conversation, @Nullable String text, @Nullable TurnId retryOf) {
    Said said = text == null ? null : new Said.Text(text);
    return new NewTurn(World.id(conversation), said, null, 0.0, null, null, retryOf, null, true);
  }

  private @Nullable Reuse reuse(Turn turn) {
    return world.fakes.journal().events(turn.id()).stream()
        .map(it -> it.event())
        .filter(TurnEvent.Started.class::isInstance)
        .map(TurnEvent.Started.class::cast)
        .findFirst()
        .orElseThrow()
        .reuse();
  }
}
