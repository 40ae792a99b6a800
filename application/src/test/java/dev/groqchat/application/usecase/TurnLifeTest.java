package dev.groqchat.application.usecase;

import static dev.groqchat.application.fixtures.Script.answers;
import static dev.groqchat.application.fixtures.Script.refuses;
import static dev.groqchat.application.fixtures.Script.script;
import static dev.groqchat.application.usecase.World.ALICE;
import static dev.groqchat.application.usecase.World.drain;
import static dev.groqchat.application.usecase.World.end;
import static dev.groqchat.application.usecase.World.plain;
import static dev.groqchat.application.usecase.World.wish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.groqchat.application.fixtures.FakeCatalog;
import dev.groqchat.application.port.in.StartTurn.NewTurn;
import dev.groqchat.application.port.in.StartTurn.Said;
import dev.groqchat.application.port.in.StartTurn.Started;
import dev.groqchat.application.port.out.ChatModel;
import dev.groqchat.application.port.out.ReplyStream.Part;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.turn.FinishReason;
import dev.groqchat.domain.turn.Turn;
import dev.groqchat.domain.turn.TurnEvent;
import dev.groqchat.domain.turn.TurnState;
import dev.groqchat.domain.turn.Usage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A turn from its start to each of the ends that the model brings about. */
class TurnLifeTest {
  private final World world = new World();

  @AfterEach
  void everyTurnEndsOnceAndLeavesNothingOpen() {
    world.assertAllEnded();
    world.close();
  }

  @Test
  void theMessageIsStoredBeforeTheModelIsAsked() {
    List<Turn> seen = new CopyOnWriteArrayList<>();
    world.fakes.model().whenAsked(question -> seen.addAll(world.fakes.turns().all()));

    world.run("c", "hello");

    assertThat(seen).hasSize(1);
    assertThat(seen.getFirst().question().message().text()).isEqualTo("hello");
    assertThat(seen.getFirst().state()).isInstanceOf(TurnState.Running.class);
  }

  @Test
  void aWholeReplyIsToldPieceByPiece() {
    Usage usage = new Usage(7, 3, true);
    world
        .fakes
        .model()
        .then(
            script().thinks("hm").says("Hel", "lo").says(" you").ends(FinishReason.LENGTH, usage));

    Started started = world.start("c", "hi");
    List<TurnEvent> events = plain(drain(started.following()));

    assertThat(events.subList(0, 5))
        .containsExactly(
            new TurnEvent.Started(started.turn().id(), World.id("c"), FakeCatalog.DEFAULT, null),
            new TurnEvent.Reasoning("hm"),
            new TurnEvent.Delta("Hel"),
            new TurnEvent.Delta("lo"),
            new TurnEvent.Delta(" you"));
    assertThat(events.get(5)).isInstanceOf(TurnEvent.Finished.class);
    TurnState.Finished stored = (TurnState.Finished) end(world.stored(started));
    assertThat(stored.reply().text()).isEqualTo("Hello you");
    assertThat(stored.reply().reasoning()).isEqualTo("hm");
    assertThat(stored.reason()).isEqualTo(FinishReason.LENGTH);
    assertThat(stored.usage()).isEqualTo(usage);
  }

  @Test
  void anEndInTheSameGulpAsTheTextLosesNothing() {
    world
        .fakes
        .model()
        .then(script().gives(new Part.Text("all"), new Part.End(FinishReason.STOP, null)));

    assertThat(end(world.run("c", "hi")).reply().text()).isEqualTo("all");
  }

  @Test
  void aReplyMayBeEmpty() {
    world.fakes.model().then(answers());

    assertThat(end(world.run("c", "hi"))).isInstanceOf(TurnState.Finished.class);
  }

  @Test
  void usageIsEstimatedWhereTheProviderDoesNotSay() {
    world.fakes.model().then(script().thinks("let me see").says("two words").ends());

    TurnState.Finished end = (TurnState.Finished) end(world.run("c", "one two three"));

    // Three words and what each message costs; two words and three of reasoning.
    assertThat(end.usage()).isEqualTo(new Usage(3 + 4, 2 + 3, false));
  }

  @Test
  void theModelIsAskedAsTheClientWished() {
    NewTurn wish =
        new NewTurn(
            World.id("c"),
            new Said.Text("hi"),
            FakeCatalog.ESTIMATED,
            0.5,
            77,
            null,
            null,
            null,
            false);

    world.run(wish);

    ChatModel.Question.Composed question = world.fakes.model().questions().getFirst();
    assertThat(question.model()).isEqualTo(FakeCatalog.ESTIMATED);
    assertThat(question.temperature()).isEqualTo(0.5);
    assertThat(question.maxTokens()).isEqualTo(77);
    assertThat(question.requestId()).isEqualTo(ALICE.requestId());
  }

  @Test
  void theModelThatAnswersIsTheOneThatIsKept() {
    world.fakes.model().then(answers("hi").by(FakeCatalog.ESTIMATED));

    Turn turn = world.run("c", "hi");

    assertThat(turn.options().model()).isEqualTo(FakeCatalog.DEFAULT);
    assertThat(turn.model()).isEqualTo(FakeCatalog.ESTIMATED);
  }

  @Test
  void theEndIsStoredBeforeItIsJournalledAndAfterTheStreamIsClosed() {
    List<String> order = new CopyOnWriteArrayList<>();
    world.watch((operation, subject) -> {
      if (operation.equals("update") && subject instanceof Turn turn && turn.hasEnded()) {
        order.add("store, with so many streams open: " + world.fakes.model().open());
      }
      if (subject instanceof List<?> events && events.getLast() instanceof TurnEvent.Ending) {
        order.add("journal, stored: " + world.fakes.turns().all().getFirst().hasEnded());
      }
    });

    world.run("c", "hi");

    assertThat(order)
        .containsExactly("store, with so many streams open: 0", "journal, stored: true");
  }

  static Stream<Failure> failuresOfTheModel() {
    return Stream.of(
        new Failure.ModelRefused(),
        new Failure.ModelUnavailable(),
        new Failure.ModelOverloaded(Duration.ofSeconds(3)),
        new Failure.ModelTimeout(Failure.ModelTimeout.Waiting.FIRST_TOKEN, Duration.ofSeconds(30)),
        new Failure.PromptTooLarge(10, 5),
        new Failure.ReplyCut());
  }

  @ParameterizedTest
  @MethodSource("failuresOfTheModel")
  void aModelThatRefusesFailsTheTurn(Failure failure) {
    world.fakes.model().then(refuses(failure));

    Started started = world.start("c", "hi");

    assertThat(plain(drain(started.following()))).containsExactly(new TurnEvent.Failed(failure));
    assertThat(failureOf(world.stored(started))).isEqualTo(failure);
  }

  @ParameterizedTest
  @MethodSource("failuresOfTheModel")
  void aModelThatFailsBeforeItsFirstWordFailsTheTurn(Failure failure) {
    world.fakes.model().then(script().fails(failure));

    assertThat(failureOf(world.run("c", "hi"))).isEqualTo(failure);
  }

  @ParameterizedTest
  @MethodSource("failuresOfTheModel")
  void whatAModelSaidBeforeItFailedIsKept(Failure failure) {
    world.fakes.model().then(script().thinks("hm").says("Hel").says("lo").fails(failure));

    Turn turn = world.run("c", "hi");

    assertThat(failureOf(turn)).isEqualTo(failure);
    assertThat(end(turn).reply().text()).isEqualTo("Hello");
    assertThat(end(turn).reply().reasoning()).isEqualTo("hm");
  }

  @Test
  void aReplyWithoutAnEndIsAFailureAndNoShortAnswer() {
    world.fakes.model().then(script().says("Hel"));

    Turn turn = world.run("c", "hi");

    assertThat(failureOf(turn)).isEqualTo(new Failure.ReplyCut());
    assertThat(end(turn).reply().text()).isEqualTo("Hel");
  }

  @Test
  void aDefectOfTheModelsAdapterFailsTheTurnAndNothingElse() {
    world
        .fakes
        .model()
        .then(refuses(new IllegalStateException("defect")))
        .then(script().says("Hel").fails(new IllegalStateException("defect")));

    assertThat(failureOf(world.run("c", "first"))).isEqualTo(new Failure.Internal());
    Turn second = world.run("c", "second");
    assertThat(failureOf(second)).isEqualTo(new Failure.Internal());
    assertThat(end(second).reply().text()).isEqualTo("Hel");
    assertThat(end(world.run("c", "third"))).isInstanceOf(TurnState.Finished.class);
  }

  @Test
  void anErrorDoesNotLeaveTheTurnInTheLineForEver() {
    world.fakes.model().then(script().says("Hel").breaks(new StackOverflowError()));

    assertThat(failureOf(world.run("c", "first"))).isEqualTo(new Failure.Internal());
    assertThat(end(world.run("c", "second"))).isInstanceOf(TurnState.Finished.class);
  }

  @Test
  void aRequestThatBreaksARuleStartsNothing() {
    String tooLong = "x".repeat(1001);
    Stream.of(
            wish("c", ""),
            wish("c", tooLong),
            wish("c", new Said.Prompt("x".repeat(101))),
            wish("c", (Said) null),
            wish("c", new Said.Transcript(List.of())),
            new NewTurn(
                World.id("c"), new Said.Text("hi"), null, 2.1, null, null, null, null, false),
            new NewTurn(World.id("c"), new Said.Text("hi"), null, null, 0, null, null, null, false))
        .forEach(wish ->
            assertThatThrownBy(() -> world.start(wish))
                .isInstanceOfSatisfying(
                    ChatException.class,
                    e -> assertThat(e.failure()).isInstanceOf(Failure.InvalidRequest.class)));

    assertThat(world.fakes.turns().all()).isEmpty();
    assertThat(world.fakes.conversations().find(World.key(ALICE, "c"))).isEmpty();
  }

  @Test
  void aPromptIsAMessageUnderItsOwnRules() {
    world.run(wish("c", new Said.Prompt("a prompt")));

    assertThat(world.sentLast()).containsExactly("a prompt");
  }

  private static Failure failureOf(Turn turn) {
    assertThat(turn.state()).isInstanceOf(TurnState.Failed.class);
    return ((TurnState.Failed) turn.state()).failure();
  }
}
