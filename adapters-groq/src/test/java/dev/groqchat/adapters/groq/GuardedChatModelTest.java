package dev.groqchat.adapters.groq;

import static dev.groqchat.application.fixtures.ChatModelContract.question;
import static dev.groqchat.application.fixtures.ChatModelContract.readInto;
import static dev.groqchat.application.fixtures.ChatModelContract.wholeText;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.groqchat.application.fixtures.Background;
import dev.groqchat.application.fixtures.FakeClock;
import dev.groqchat.application.fixtures.Gate;
import dev.groqchat.application.fixtures.Script;
import dev.groqchat.application.fixtures.ScriptedModel;
import dev.groqchat.application.port.out.ChatModel;
import dev.groqchat.application.port.out.ChatModel.Question;
import dev.groqchat.application.port.out.ReplyStream;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.failure.Failure.ModelTimeout;
import dev.groqchat.domain.failure.Failure.ModelTimeout.Waiting;
import dev.groqchat.domain.model.ModelId;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** When a model is left alone, and when it is tried again, by a clock that the test drives. */
class GuardedChatModelTest {
  private static final Failure UNAVAILABLE = new Failure.ModelUnavailable();

  private final FakeClock clock = new FakeClock();
  private final CircuitBreakerRegistry registry =
      CircuitBreakerRegistry.of(Breakers.config(clock.withZone(ZoneOffset.UTC)));
  private final ScriptedModel scripted = new ScriptedModel();
  private final ChatModel model =
      new GuardedChatModel(
          new EagerChatModel(scripted),
          new Breakers(registry, id -> !id.value().startsWith("unknown")));

  private CircuitBreaker circuit() {
    return registry.circuitBreaker(question().model().value());
  }

  private Failure failure() {
    return catchThrowableOfType(ChatException.class, () -> model.answer(question()).close())
        .failure();
  }

  private void fail(int times, Failure how) {
    for (int i = 0; i < times; i++) {
      scripted.then(Script.refuses(how));
      assertThat(failure()).isEqualTo(how);
    }
  }

  private void succeed(int times) {
    for (int i = 0; i < times; i++) {
      scripted.then(Script.answers("yes"));
      assertThat(wholeText(model)).isEqualTo("yes");
    }
  }

  static Stream<Failure> faults() {
    return Stream.of(
        UNAVAILABLE,
        new Failure.ModelOverloaded(Duration.ofSeconds(1)),
        new Failure.ReplyCut(),
        new ModelTimeout(Waiting.CONNECTION, Duration.ofSeconds(2)),
        new ModelTimeout(Waiting.FIRST_TOKEN, Duration.ofSeconds(30)));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void tenFaultsInARowOpenIt(Failure fault) {
    fail(10, fault);
    assertThat(failure()).isEqualTo(new Failure.CircuitOpen(Duration.ofSeconds(10)));
    assertThat(scripted.questions()).hasSize(10);
  }

  static Stream<Failure> noFaults() {
    return Stream.of(
        new Failure.ModelRefused(),
        new Failure.PromptTooLarge(2, 1),
        new Failure.ModelBusy(Duration.ofSeconds(9)));
  }

  @ParameterizedTest
  @MethodSource("noFaults")
  void whatIsNoFaultCountsNeitherWay(Failure refusal) {
    fail(9, UNAVAILABLE);
    fail(100, refusal);
    assertThat(circuit().getMetrics().getNumberOfBufferedCalls()).isEqualTo(9);
    fail(1, UNAVAILABLE);
    assertThat(circuit().getState()).isEqualTo(State.OPEN);
  }

  @Test
  void halfOfTheLastTwentyOpenItAndLessDoNot() {
    succeed(100);
    fail(9, UNAVAILABLE);
    succeed(11);
    fail(9, UNAVAILABLE);
    assertThat(circuit().getState()).isEqualTo(State.CLOSED);
    fail(1, UNAVAILABLE);
    assertThat(circuit().getState()).isEqualTo(State.OPEN);
  }

  @Test
  void whatFailsInMidStreamCounts() throws Exception {
    for (int i = 0; i < 10; i++) {
      scripted.then(Script.script().says("a").fails(new Failure.ReplyCut()));
      try (ReplyStream reply = model.answer(question())) {
        assertThatThrownBy(() -> readInto(new ArrayList<>(), reply))
            .isInstanceOf(ChatException.class);
      }
    }
    assertThat(failure()).isInstanceOf(Failure.CircuitOpen.class);
  }

  @Test
  void whoLeavesSaysNothingOfTheModel() throws Exception {
    for (int i = 0; i < 30; i++) {
      scripted.then(Script.script().says("a").waits(new Gate()).ends());
      ReplyStream reply = model.answer(question());
      assertThat(reply.next()).isNotEmpty();
      reply.close();
      assertThatThrownBy(reply::next).isInstanceOf(ChatException.class);
    }
    assertThat(circuit().getMetrics().getNumberOfBufferedCalls()).isZero();
  }

  @Test
  void anInterruptOrADefectSaysNothingOfTheModel() {
    for (int i = 0; i < 20; i++) {
      var gate = new Gate();
      scripted.then(Script.script().waits(gate));
      scripted.then(Script.refuses(new IllegalStateException("a defect")));
      try (var asking = Background.run(() -> model.answer(question()))) {
        gate.awaitReached();
        asking.interrupt();
        assertThatThrownBy(asking::result).isInstanceOf(InterruptedException.class);
      }
      assertThatThrownBy(() -> model.answer(question()).close())
          .isInstanceOf(IllegalStateException.class);
    }
    assertThat(circuit().getMetrics().getNumberOfBufferedCalls()).isZero();
  }

  @Test
  void oneProbeAfterTenSecondsClosesItAsSoonAsItAnswers() throws Exception {
    fail(10, UNAVAILABLE);
    clock.pass(Duration.ofMillis(9_500));
    assertThat(failure()).isEqualTo(new Failure.CircuitOpen(Breaker.PROBE));
    clock.pass(Duration.ofMillis(501));
    var gate = new Gate();
    scripted.then(Script.script().waits(gate).says("a").fails(UNAVAILABLE));
    try (var probe = Background.run(() -> model.answer(question()))) {
      gate.awaitReached();
      assertThat(failure()).isEqualTo(new Failure.CircuitOpen(Breaker.PROBE));
      gate.open();
      ReplyStream reply = probe.result();
      assertThat(circuit().getState()).isEqualTo(State.CLOSED);
      succeed(1);
      assertThatThrownBy(() -> readInto(new ArrayList<>(), reply))
          .isInstanceOf(ChatException.class);
      assertThat(circuit().getMetrics().getNumberOfFailedCalls()).isOne();
      reply.close();
    }
  }

  @Test
  void aFailedProbeLeavesItAloneForAnotherTenSeconds() {
    fail(10, UNAVAILABLE);
    clock.pass(Chain.OPEN);
    fail(1, UNAVAILABLE);
    assertThat(failure()).isEqualTo(new Failure.CircuitOpen(Duration.ofSeconds(10)));
    clock.pass(Chain.OPEN);
    succeed(1);
    assertThat(circuit().getState()).isEqualTo(State.CLOSED);
  }

  @Test
  void aProbeThatIsGivenUpOrRefusedMakesRoomForTheNext() {
    fail(10, UNAVAILABLE);
    clock.pass(Chain.OPEN);
    for (int i = 0; i < 3; i++) {
      var gate = new Gate();
      scripted.then(Script.script().waits(gate));
      try (var probe = Background.run(() -> model.answer(question()))) {
        gate.awaitReached();
        assertThat(failure()).isInstanceOf(Failure.CircuitOpen.class);
        probe.interrupt();
        assertThatThrownBy(probe::result).isInstanceOf(InterruptedException.class);
      }
      fail(1, new Failure.ModelRefused());
    }
    assertThat(circuit().getState()).isEqualTo(State.HALF_OPEN);
    succeed(1);
    assertThat(circuit().getState()).isEqualTo(State.CLOSED);
  }

  @Test
  void callsOfAnEarlierStateNeitherCloseItNorLetAnotherProbeIn() throws Exception {
    scripted.then(Script.answers("late"));
    ReplyStream late = model.answer(question());
    scripted.then(Script.answers("left"));
    ReplyStream left = model.answer(question());
    fail(10, UNAVAILABLE);
    clock.pass(Chain.OPEN);
    var gate = new Gate();
    scripted.then(Script.script().waits(gate).fails(UNAVAILABLE));
    try (var probe = Background.run(() -> model.answer(question()))) {
      gate.awaitReached();
      readInto(new ArrayList<>(), late);
      left.close();
      assertThat(circuit().getState()).isEqualTo(State.HALF_OPEN);
      assertThat(failure()).isInstanceOf(Failure.CircuitOpen.class);
      gate.open();
      assertThatThrownBy(probe::result).isInstanceOf(ChatException.class);
    }
    late.close();
    assertThat(circuit().getState()).isEqualTo(State.OPEN);
  }

  @Test
  void longRepliesAreNoFault() throws Exception {
    for (int i = 0; i < 20; i++) {
      scripted.then(Script.answers("yes"));
      try (ReplyStream reply = model.answer(question())) {
        clock.pass(Duration.ofMinutes(4));
        readInto(new ArrayList<>(), reply);
      }
    }
    assertThat(circuit().getState()).isEqualTo(State.CLOSED);
  }

  @Test
  void eachModelOnOfferHasItsOwnAndAllOthersShareOne() {
    fail(10, UNAVAILABLE);
    assertThat(wholeText(asked -> model.answer(of("another", (Question.Composed) asked))))
        .startsWith("re: ");
    for (int i = 0; i < 10; i++) {
      Question unknown = of("unknown-" + i, question());
      scripted.then(Script.refuses(UNAVAILABLE));
      assertThatThrownBy(() -> model.answer(unknown).close()).hasMessage(UNAVAILABLE.detail());
    }
    assertThatThrownBy(() -> model.answer(of("unknown", question())).close())
        .isInstanceOfSatisfying(
            ChatException.class,
            e -> assertThat(e.failure()).isInstanceOf(Failure.CircuitOpen.class));
    assertThat(registry.getAllCircuitBreakers())
        .extracting(CircuitBreaker::getName)
        .containsExactlyInAnyOrder(question().model().value(), "another", Breakers.OTHERS);
  }

  @Test
  void thereAreNoMoreThanTheMost() {
    var breakers = new Breakers(registry, _ -> true);
    for (int i = 0; i < 2 * Breakers.MOST; i++) {
      breakers.of(new ModelId("m" + i));
    }
    assertThat(registry.getAllCircuitBreakers()).hasSize(Breakers.MOST + 1);
    assertThat(breakers.of(new ModelId("m7"))).isSameAs(breakers.of(new ModelId("m7")));
    assertThat(breakers.of(new ModelId("m1500"))).isSameAs(breakers.of(new ModelId("m1501")));
  }

  private static Question of(String model, Question.Composed asked) {
    return new Question.Composed(
        new ModelId(model),
        asked.messages(),
        asked.temperature(),
        asked.maxTokens(),
        asked.requestId());
  }
}
