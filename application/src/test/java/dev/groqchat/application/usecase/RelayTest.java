package dev.groqchat.application.usecase;

import static dev.groqchat.application.fixtures.Script.answers;
import static dev.groqchat.application.fixtures.Script.passes;
import static dev.groqchat.application.fixtures.Script.refuses;
import static dev.groqchat.application.fixtures.Script.script;
import static dev.groqchat.application.usecase.World.ALICE;
import static dev.groqchat.application.usecase.World.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.groqchat.application.fixtures.Background;
import dev.groqchat.application.fixtures.FakeCatalog;
import dev.groqchat.application.fixtures.FakeRateLimits;
import dev.groqchat.application.fixtures.Gate;
import dev.groqchat.application.fixtures.ScriptedModel;
import dev.groqchat.application.port.in.Caller;
import dev.groqchat.application.port.in.RelayQuestion.Begun;
import dev.groqchat.application.port.in.RelayQuestion.Relay;
import dev.groqchat.application.port.in.RelayQuestion.Verbatim;
import dev.groqchat.application.port.out.ChatModel.Question;
import dev.groqchat.application.port.out.Telemetry;
import dev.groqchat.application.port.out.Telemetry.RelayEnd;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.model.ModelId;
import dev.groqchat.domain.traffic.Allowance;
import dev.groqchat.domain.traffic.ProviderLimits;
import dev.groqchat.domain.turn.FinishReason;
import dev.groqchat.domain.turn.Reuse;
import dev.groqchat.domain.turn.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Questions that are passed on in the asker's own words. */
class RelayTest {
  private static final ModelId MEANT = FakeCatalog.DEFAULT;
  private static final ModelId OTHER = FakeCatalog.ESTIMATED;
  private static final Failure DOWN = new Failure.ModelUnavailable();
  private static final String WORDS = "{\"messages\":[]}";

  private final World world = new World(World.settings(List.of(OTHER), Duration.ofSeconds(30), 2));

  @AfterEach
  void nothingIsLeftOpen() {
    World.await(() -> world.useCases.openTurns() == 0, "a place is taken");
    assertThat(world.fakes.model().open()).isZero();
    assertThat(world.useCases.waitingTurns()).isZero();
    world.close();
  }

  @Test
  void passesOnTheWordsAndThePiecesAsTheyCome() throws Exception {
    Gate gate = new Gate();
    world.fakes.model().then(script().relays("{1}", "{2}").waits(gate).relays("{3}").ends());
    try (Relay relay = relay(ALICE, question("one two", 7))) {
      assertThat(relay.allowance()).isEqualTo(Allowance.UNLIMITED);
      assertThat(relay.begin()).isEqualTo(new Begun(MEANT, null));
      assertThat(relay.next()).containsExactly("{1}", "{2}");
      gate.open();
      assertThat(relay.next()).containsExactly("{3}");
      assertThat(relay.next()).isEmpty();
      assertThat(relay.next()).isEmpty();
    }
    assertThat(world.fakes.model().relayed())
        .containsExactly(
            new Question.Verbatim(MEANT, WORDS, tokens("one two"), 7, true, ALICE.requestId()));
  }

  @Test
  void whatIsNotWantedInPiecesIsOne() throws Exception {
    assertThat(ask(new Verbatim(null, WORDS, "hi", null, false, false)))
        .containsExactly(ScriptedModel.COMPLETION);
    Question.Verbatim asked = world.fakes.model().relayed().getFirst();
    assertThat(asked.inPieces()).isFalse();
    assertThat(asked.maxTokens()).isEqualTo(10);
  }

  @Test
  void whatIsUsedIsSettled() throws Exception {
    world.fakes.model().then(script().relays("{1}").ends(FinishReason.STOP, new Usage(3, 4, true)));
    try (Relay relay = relay(ALICE, question("one two", 7))) {
      assertThat(world.fakes.limits().tokens("alice")).isEqualTo(tokens("one two") + 7);
      relay.begin();
      while (!relay.next().isEmpty()) {}
    }
    assertThat(world.fakes.limits().tokens("alice")).isEqualTo(7);
    assertThat(ends()).containsExactly(new RelayEnd.Whole(new Usage(3, 4, true)));
    Telemetry.Fact.Relayed fact =
        world.fakes.telemetry().facts(Telemetry.Fact.Relayed.class).getFirst();
    assertThat(fact.model()).isEqualTo(MEANT);
    assertThat(fact.timings().firstToken()).isNotNull();
  }

  @Test
  void aPieceIsATokenWhereNobodySays() throws Exception {
    world.fakes.model().then(passes("{1}", "{2}", "{3}"));
    ask(question("one two", 7));
    assertThat(ends()).containsExactly(new RelayEnd.Whole(new Usage(tokens("one two"), 3, false)));
    assertThat(world.fakes.limits().tokens("alice")).isEqualTo(tokens("one two") + 3);
  }

  @Test
  void whoIsOverItsLimitIsRefusedAndGivesItsPlaceBack() throws Exception {
    world.fakes.limits().allow(1);
    ask(question("hi", 1));
    assertThat(failure(() -> relay(ALICE, question("hi", 1)).close()))
        .isEqualTo(new Failure.RateLimited(1, FakeRateLimits.RETRY_AFTER));
    assertThat(world.fakes.telemetry().facts(Telemetry.Fact.RateLimited.class)).hasSize(1);
  }

  @Test
  void theProvidersOwnLimitIsToldAtOnceAndHeard() {
    Failure busy = new Failure.ModelBusy(Duration.ofSeconds(7));
    world.fakes.model().then(refuses(busy)).then(refuses(DOWN));

    assertThat(failure(() -> ask(question("hi", 1)))).isEqualTo(busy);
    assertThat(world.fakes.model().relayed())
        .extracting(Question::model)
        .containsExactly(MEANT, OTHER);
    assertThat(ends()).containsExactly(new RelayEnd.Failed(busy));

    // Whoever comes within these seconds waits for their end, as the budget has it.
    try (Relay relay = relay(ALICE, question("hi", 1));
        Background<Begun> waiting = Background.run(relay::begin)) {
      World.await(() -> world.useCases.waitingTurns() == 1, "nobody waits");
      assertThat(waiting.done()).isFalse();
    }
  }

  @Test
  void anotherModelAnswersInPlaceOfOneThatDoesNot() throws Exception {
    world.fakes.model().then(script().fails(DOWN)).then(passes("{1}"));
    try (Relay relay = relay(ALICE, question("hi", 1))) {
      assertThat(relay.begin().model()).isEqualTo(OTHER);
      assertThat(relay.next()).containsExactly("{1}");
      assertThat(relay.next()).isEmpty();
    }
    assertThat(world.fakes.model().relayed()).extracting(Question::model).contains(OTHER);
    assertThat(world.fakes.telemetry().facts(Telemetry.Fact.FellBack.class))
        .containsExactly(new Telemetry.Fact.FellBack(MEANT, OTHER, DOWN));
  }

  @Test
  void aQuestionThatIsRefusedIsAskedNobodyElse() {
    Failure refused =
        new Failure.QuestionRefused(Failure.QuestionRefused.Reason.MALFORMED, "no", "{}");
    world.fakes.model().then(refuses(refused));
    assertThat(failure(() -> ask(question("hi", 1)))).isEqualTo(refused);
    assertThat(world.fakes.model().relayed()).hasSize(1);
    assertThat(world.fakes.limits().tokens("alice")).isZero();
  }

  @Test
  void aReplyThatBreaksOffIsCutAfterWhatHasCome() throws Exception {
    world.fakes.model().then(script().relays("{1}"));
    try (Relay relay = relay(ALICE, question("hi", 1))) {
      relay.begin();
      assertThat(relay.next()).containsExactly("{1}");
      assertThat(failure(relay::next)).isEqualTo(new Failure.ReplyCut());
    }
    assertThat(ends()).containsExactly(new RelayEnd.Failed(new Failure.ReplyCut()));
    assertThat(world.fakes.limits().tokens("alice")).isEqualTo(tokens("hi") + 1);
  }

  @Test
  void whatTheModelCannotHoldIsRefusedUnasked() {
    world.fakes.catalog().narrow(MEANT, 5);
    long cost = tokens("hi") + 5;
    assertThat(failure(() -> ask(question("hi", 5))))
        .isEqualTo(new Failure.PromptTooLarge(cost, 5));
    assertThat(world.fakes.model().relayed()).isEmpty();
  }

  @Test
  void whatIsKnownOnlyRoughlyIsLeftToTheProvider() throws Exception {
    world.fakes.catalog().narrow(OTHER, 5);
    ModelId unknown = new ModelId("openai/gpt-nobody-knows");
    world.fakes.catalog().narrow(unknown, 5);
    for (ModelId model : List.of(OTHER, unknown)) {
      assertThat(ask(new Verbatim(model, WORDS, "hi", 10, true, false)))
          .isEqualTo(ScriptedModel.CHUNKS);
    }
  }

  @Test
  void whatTheProviderNeverHasRoomForIsRefusedUnasked() throws Exception {
    ProviderLimits small =
        new ProviderLimits(new ProviderLimits.Window(50, 50, Duration.ofSeconds(0)), null);
    world.fakes.model().then(script().within(small).relays("{1}").ends());
    ask(question("hi", 1));

    long cost = tokens("hi") + 51;
    assertThat(failure(() -> ask(question("hi", 51))))
        .isEqualTo(new Failure.PromptTooLarge(cost, 50));
    assertThat(world.fakes.model().relayed()).hasSize(1);
  }

  @Test
  void theSameIsAnsweredFromTheCachePieceByPiece() throws Exception {
    world.fakes.model().then(passes("{\"a\":\"1\u2028\"}", "{2}", "{3}"));
    Verbatim question = new Verbatim(null, WORDS, "hi", 1, true, true);
    List<String> first = ask(question);
    long used = world.fakes.limits().tokens("alice");

    try (Relay relay = relay(ALICE, question)) {
      assertThat(relay.begin()).isEqualTo(new Begun(MEANT, Reuse.HIT));
      assertThat(relay.next()).isEqualTo(first).hasSize(3);
      assertThat(relay.next()).isEmpty();
    }
    assertThat(world.fakes.limits().tokens("alice")).isEqualTo(used);
    assertThat(world.fakes.telemetry().facts(Telemetry.Fact.Relayed.class))
        .extracting(Telemetry.Fact.Relayed::reused)
        .containsExactly(false, true);
    assertThat(reuse(BOB, question)).isEqualTo(Reuse.MISS);
    assertThat(reuse(ALICE, new Verbatim(null, WORDS + " ", "hi", 1, true, true)))
        .isEqualTo(Reuse.MISS);
    assertThat(reuse(ALICE, new Verbatim(OTHER, WORDS, "hi", 1, true, true))).isEqualTo(Reuse.MISS);
  }

  @Test
  void theCacheGivesAnUncutReplyAsItWas() throws Exception {
    String body = "{\n \"a\": \"1\"\r\n}\n";
    world.fakes.model().then(passes(body));
    Verbatim question = new Verbatim(null, WORDS, "hi", 1, false, true);
    assertThat(ask(question)).containsExactly(body);
    assertThat(ask(question)).containsExactly(body);
    assertThat(world.fakes.model().relayed()).hasSize(1);
  }

  @Test
  void whoAsksTheSameAtOnceJoinsAndOutlivesWhoAsked() throws Exception {
    Gate gate = new Gate();
    world.fakes.model().then(script().relays("{1}").waits(gate).relays("{2}").ends());
    Verbatim question = new Verbatim(null, WORDS, "hi", 1, true, true);
    try (Relay first = relay(ALICE, question);
        Relay second = relay(ALICE, question)) {
      assertThat(first.begin().reuse()).isEqualTo(Reuse.MISS);
      assertThat(second.begin().reuse()).isEqualTo(Reuse.JOINED);
      assertThat(first.next()).containsExactly("{1}");
      leave(first);
      gate.open();
      assertThat(rest(second)).containsExactly("{1}", "{2}");
    }
    assertThat(ends())
        .hasSize(2)
        .contains(new RelayEnd.Left())
        .hasAtLeastOneElementOfType(RelayEnd.Whole.class);
  }

  @Test
  void whoLeavesMidStreamLeavesTheModel() throws Exception {
    Gate gate = new Gate();
    world.fakes.model().then(script().relays("{1}").waits(gate));
    Relay relay = relay(ALICE, question("hi", 9));
    relay.begin();
    assertThat(relay.next()).containsExactly("{1}");
    try (Background<List<String>> reading = Background.run(relay::next)) {
      gate.awaitReached();
      leave(relay);
      leave(relay);
      assertThatThrownBy(reading::result).isInstanceOf(InterruptedException.class);
    }
    assertThatThrownBy(relay::next).isInstanceOf(InterruptedException.class);
    World.await(() -> world.useCases.openTurns() == 0, "the place is not free");
    assertThat(world.fakes.model().open()).isZero();
    assertThat(ends()).containsExactly(new RelayEnd.Left());
    assertThat(world.fakes.limits().tokens("alice")).isEqualTo(tokens("hi") + 1);
  }

  @Test
  void whoLeavesBetweenTwoReadsLeavesTheModelAtOnce() throws Exception {
    Gate gate = new Gate();
    leave(begun(gate));
    assertThat(world.fakes.model().open()).isZero();
    assertThat(world.useCases.openTurns()).isZero();
  }

  @Test
  void anInterruptLeavesTheModelToo() throws Exception {
    Gate gate = new Gate();
    world.fakes.model().then(script().relays("{1}").waits(gate));
    try (Relay relay = relay(ALICE, question("hi", 1))) {
      relay.begin();
      relay.next();
      try (Background<List<String>> reading = Background.run(relay::next)) {
        gate.awaitReached();
        reading.interrupt();
        assertThatThrownBy(reading::result).isInstanceOf(InterruptedException.class);
      }
      assertThat(world.fakes.model().open()).isZero();
      Thread.currentThread().interrupt();
      assertThatThrownBy(relay::next).isInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void whoLeavesWhileTheModelHesitatesLeavesNothing() throws Exception {
    Gate gate = new Gate();
    world.fakes.model().then(passes("{1}").hesitates(gate));
    Relay relay = relay(ALICE, question("hi", 1));
    try (Background<Begun> asking = Background.run(relay::begin)) {
      gate.awaitReached();
      leave(relay);
      assertThatThrownBy(asking::result).isInstanceOf(InterruptedException.class);
    }
    World.await(() -> world.fakes.model().open() == 0, "the model is still asked");
    World.await(() -> world.useCases.openTurns() == 0, "the place is not free");
    assertThat(world.fakes.limits().tokens("alice")).isEqualTo(tokens("hi"));
  }

  @Test
  void whoLeavesTheQueueGivesItsPlaceToOthers() throws Exception {
    Gate gate = new Gate();
    try (Relay one = begun(gate);
        Relay two = begun(gate);
        Relay waiting = relay(BOB, question("hi", 1))) {
      try (Background<Begun> queued = Background.run(waiting::begin)) {
        World.await(() -> world.useCases.waitingTurns() == 1, "nobody waits");
        leave(waiting);
        assertThatThrownBy(queued::result).isInstanceOf(InterruptedException.class);
      }
      World.await(() -> world.useCases.waitingTurns() == 0, "somebody waits");
      World.await(() -> world.useCases.openTurns() == 2, "the place is not free");
      assertThat(world.fakes.limits().tokens("bob")).isZero();
      gate.open();
      assertThat(rest(one)).hasSize(1);
      assertThat(rest(two)).hasSize(1);
    }
    assertThat(world.fakes.model().relayed()).hasSize(2);
  }

  @Test
  void turnsAndRelaysShareThePlaces() throws Exception {
    World small = new World(World.settings(20, null, 2));
    Gate gate = new Gate();
    small.fakes.model().then(answers("late").hesitates(gate)).then(passes("{1}"));
    try (small;
        var turn = small.start("c", "hi").following();
        Relay relay = small.useCases.relayQuestion().relay(ALICE, question("hi", 1))) {
      gate.awaitReached();
      assertThat(small.useCases.openTurns()).isEqualTo(2);
      assertThat(
              failure(() -> small.useCases.relayQuestion().relay(BOB, question("hi", 1)).close()))
          .isInstanceOf(Failure.TooBusy.class);
      assertThat(failure(() -> small.start("d", "hi"))).isInstanceOf(Failure.TooBusy.class);
      relay.begin();
      assertThat(rest(relay)).containsExactly("{1}");
      leave(relay);
      assertThat(small.useCases.openTurns()).isOne();
      gate.open();
      World.drain(turn);
    }
  }

  @Test
  void aDrainWaitsForWhatIsOpenAndTakesNothingNew() throws Exception {
    Gate gate = new Gate();
    try (Relay relay = begun(gate);
        Background<Boolean> draining = draining(World.PATIENCE)) {
      World.await(world.useCases.watchDrain()::draining, "no drain");
      assertThat(failure(() -> relay(BOB, question("hi", 1)).close())).isEqualTo(World.GOING_AWAY);
      assertThat(draining.done()).isFalse();
      gate.open();
      assertThat(rest(relay)).hasSize(1);
      leave(relay);
      assertThat(draining.result()).isTrue();
    }
  }

  @Test
  void aDrainEndsWhatIsLeftAndSaysWhy() throws Exception {
    Gate gate = new Gate();
    try (Relay relay = begun(gate);
        Background<List<String>> reading =
            Background.run(() -> {
              try (relay) {
                return rest(relay);
              }
            })) {
      gate.awaitReached();
      assertThat(draining(Duration.ZERO).result()).isTrue();
      assertThat(failure(reading::result)).isEqualTo(World.GOING_AWAY);
    }
    assertThat(ends()).containsExactly(new RelayEnd.Failed(World.GOING_AWAY));
  }

  @Test
  void whatIsNotReadAsItMustIsADefect() throws Exception {
    try (Relay relay = relay(ALICE, question("hi", 1))) {
      assertThatThrownBy(relay::next).isInstanceOf(IllegalStateException.class);
      relay.begin();
      assertThatThrownBy(relay::begin).isInstanceOf(IllegalStateException.class);
      assertThat(rest(relay)).isEqualTo(ScriptedModel.CHUNKS);
    }
  }

  @Test
  void aDefectIsAFailureLikeAnyOther() {
    world.fakes.model().then(script().fails(new IllegalStateException("oops")));
    assertThat(failure(() -> ask(question("hi", 1)))).isEqualTo(new Failure.Internal());
  }

  @Test
  void whoIsOverItsLimitIsRefusedBeforeALongQuestionIsCounted() throws Exception {
    world.fakes.limits().allow(1);
    ask(question("hi", 1));
    assertThat(failure(() -> relay(ALICE, question("long ".repeat(10_000), 1)).close()))
        .isInstanceOf(Failure.RateLimited.class);
    assertThat(world.fakes.tokens().counted()).containsOnly("hi");
  }

  @Test
  void aLongQuestionIsTakenFromTheLimitAsItIsCountedOnceForEachEncoding() throws Exception {
    String text = "x ".repeat(10_000);
    try (Relay relay = relay(ALICE, question(text, 7))) {
      assertThat(world.fakes.limits().tokens("alice")).isEqualTo(10_007);
      relay.begin();
      assertThat(rest(relay)).isNotEmpty();
    }
    assertThat(world.fakes.tokens().counted()).containsExactly(text, text);
  }

  @Test
  void aLongQuestionIsCountedByItsBeginning() throws Exception {
    world.fakes.catalog().narrow(MEANT, Integer.MAX_VALUE);
    String word = "x ".repeat(1 << 19);
    ask(question(word.repeat(3), 1));
    assertThat(world.fakes.model().relayed().getFirst().promptTokens())
        .isEqualTo(3L * tokens(word));
  }

  private Background<Boolean> draining(Duration patience) {
    return Background.run(() -> {
      world.useCases.drain(patience);
      return true;
    });
  }

  /** One that has begun, and says one more thing when the gate opens. */
  private Relay begun(Gate gate) throws InterruptedException {
    world.fakes.model().then(script().relays("{1}").waits(gate).relays("{2}").ends());
    Relay relay = relay(ALICE, question("hi", 1));
    relay.begin();
    assertThat(relay.next()).containsExactly("{1}");
    return relay;
  }

  private static void leave(Relay relay) {
    relay.close();
  }

  private Relay relay(Caller caller, Verbatim question) {
    return world.useCases.relayQuestion().relay(caller, question);
  }

  private @Nullable Reuse reuse(Caller caller, Verbatim question) throws InterruptedException {
    try (Relay relay = relay(caller, question)) {
      return relay.begin().reuse();
    }
  }

  private List<String> ask(Verbatim question) throws InterruptedException {
    try (Relay relay = relay(ALICE, question)) {
      relay.begin();
      return rest(relay);
    }
  }

  private static List<String> rest(Relay relay) throws InterruptedException {
    List<String> all = new ArrayList<>();
    List<String> fresh = relay.next();
    while (!fresh.isEmpty()) {
      all.addAll(fresh);
      fresh = relay.next();
    }
    return all;
  }

  private long tokens(String text) {
    return world.fakes.tokens().count(world.fakes.tokens().encodingOf(MEANT), text);
  }

  private static Verbatim question(String readable, int maxTokens) {
    return new Verbatim(null, WORDS, readable, maxTokens, true, false);
  }

  private List<RelayEnd> ends() {
    return world.fakes.telemetry().facts(Telemetry.Fact.Relayed.class).stream()
        .map(Telemetry.Fact.Relayed::end)
        .toList();
  }

  private static Failure failure(org.assertj.core.api.ThrowableAssert.ThrowingCallable asking) {
    return catchThrowableOfType(ChatException.class, asking).failure();
  }
}
