package dev.groqchat.application.usecase;

import static dev.groqchat.application.fixtures.Script.answers;
import static dev.groqchat.application.fixtures.Script.refuses;
import static dev.groqchat.application.fixtures.Script.script;
import static dev.groqchat.application.usecase.World.drain;
import static dev.groqchat.application.usecase.World.plain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.application.fixtures.FakeCatalog;
import dev.groqchat.application.fixtures.Script;
import dev.groqchat.application.port.in.StartTurn.Started;
import dev.groqchat.application.port.out.ChatModel;
import dev.groqchat.application.port.out.Telemetry;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.failure.Failure.ModelTimeout.Waiting;
import dev.groqchat.domain.model.ModelId;
import dev.groqchat.domain.turn.SentContext;
import dev.groqchat.domain.turn.TurnEvent;
import dev.groqchat.domain.turn.TurnState;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Models that stand in for one that does not answer. */
class FallbackTest {
  private static final ModelId MEANT = FakeCatalog.DEFAULT;
  private static final ModelId SECOND = FakeCatalog.ESTIMATED;
  private static final ModelId THIRD = new ModelId("openai/gpt-oss-20b");
  private static final Failure DOWN = new Failure.ModelUnavailable();

  private final World world =
      new World(World.settings(List.of(SECOND, MEANT, THIRD), Duration.ofSeconds(30), 50));

  @AfterEach
  void everyTurnEndsOnceAndLeavesNothingOpen() {
    world.assertAllEnded();
    world.close();
    assertThat(world.useCases.waitingTurns()).isZero();
  }

  static Stream<Failure> failuresThatAnotherModelMayNotHave() {
    return Stream.of(
        DOWN,
        new Failure.ModelOverloaded(Duration.ofSeconds(1)),
        new Failure.CircuitOpen(Duration.ofSeconds(10)),
        new Failure.ModelTimeout(Waiting.CONNECTION, Duration.ofSeconds(2)),
        new Failure.ModelTimeout(Waiting.FIRST_TOKEN, Duration.ofSeconds(30)),
        new Failure.ReplyCut());
  }

  @ParameterizedTest
  @MethodSource("failuresThatAnotherModelMayNotHave")
  void anotherModelAnswersInPlaceOfOneThatDoesNot(Failure failure) {
    for (Script first : List.of(refuses(failure), script().fails(failure))) {
      world.fakes.model().then(first).then(answers("I can"));
      Started started = world.start("c", "hi");

      assertThat(plain(drain(started.following())).subList(0, 2))
          .containsExactly(
              new TurnEvent.Started(started.turn().id(), World.id("c"), SECOND, null),
              new TurnEvent.Delta("I can"));
      assertThat(world.stored(started).model()).isEqualTo(SECOND);
      assertThat(world.stored(started).options().model()).isEqualTo(MEANT);
    }
    assertThat(world.fakes.telemetry().facts(Telemetry.Fact.FellBack.class))
        .containsOnly(new Telemetry.Fact.FellBack(MEANT, SECOND, failure))
        .hasSize(2);
  }

  @Test
  void aModelThatIsUsedUpForTheDayIsNotEvenAskedAgain() {
    world.fakes.model().then(refuses(new Failure.ModelBusy(Duration.ofHours(1))));

    world.run("c", "hi");
    world.run("c", "hi");

    assertThat(world.fakes.model().questions())
        .extracting(ChatModel.Question::model)
        .containsExactly(MEANT, SECOND, SECOND);
  }

  static Stream<Failure> failuresThatAnyModelWouldHave() {
    return Stream.of(
        new Failure.ModelRefused(),
        new Failure.PromptTooLarge(10, 5),
        new Failure.ModelTimeout(Waiting.WHOLE_REPLY, Duration.ofMinutes(5)),
        new Failure.Internal());
  }

  @ParameterizedTest
  @MethodSource("failuresThatAnyModelWouldHave")
  void noOtherModelIsAskedWhatNoneWouldAnswer(Failure failure) {
    world.fakes.model().then(refuses(failure));

    assertThat(failureOf(world.start("c", "hi"))).isEqualTo(failure);
    assertThat(world.fakes.model().questions()).hasSize(1);
  }

  @Test
  void nobodyStandsInOnceTheReplyHasBegun() {
    world.fakes.model().then(script().thinks("hm").fails(DOWN));

    assertThat(failureOf(world.start("c", "hi"))).isEqualTo(DOWN);
    assertThat(world.fakes.model().questions()).hasSize(1);
  }

  @Test
  void theyAreAskedInOrderEachOnceAndTheFirstFailureIsTold() {
    world
        .fakes
        .model()
        .then(refuses(DOWN))
        .then(refuses(new Failure.ModelRefused()))
        .then(refuses(new Failure.CircuitOpen(Duration.ofSeconds(1))));

    assertThat(failureOf(world.start("c", "hi"))).isEqualTo(DOWN);
    assertThat(world.fakes.model().questions())
        .extracting(ChatModel.Question::model)
        .containsExactly(MEANT, SECOND, THIRD);
  }

  @Test
  void eachModelSeesAsMuchAsItHolds() {
    world.run("c", "one");
    world.fakes.catalog().narrow(SECOND, 19);
    world.fakes.model().then(refuses(DOWN));
    world.run("c", "two");

    assertThat(world.sent(1)).containsExactly("one", "re: one", "two");
    assertThat(world.sent(2)).containsExactly("two");
    SentContext sent = world.fakes.turns().all().getLast().context();
    assertThat(sent).isEqualTo(new SentContext(null, List.of(), null));
  }

  @Test
  void aModelThatHoldsTooLittleIsPassedOver() {
    world.fakes.catalog().narrow(SECOND, 5);
    world.fakes.model().then(refuses(DOWN)).then(answers("third"));

    Started started = world.start("c", "hi");
    drain(started.following());

    assertThat(world.stored(started).model()).isEqualTo(THIRD);
  }

  private Failure failureOf(Started started) {
    drain(started.following());
    TurnState state = world.stored(started).state();
    assertThat(state).isInstanceOf(TurnState.Failed.class);
    return ((TurnState.Failed) state).failure();
  }
}
