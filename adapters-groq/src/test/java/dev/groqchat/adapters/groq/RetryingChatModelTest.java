package dev.groqchat.adapters.groq;

import static dev.groqchat.application.fixtures.ChatModelContract.question;
import static dev.groqchat.application.fixtures.ChatModelContract.wholeText;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.groqchat.application.fixtures.Background;
import dev.groqchat.application.fixtures.Gate;
import dev.groqchat.application.fixtures.Script;
import dev.groqchat.application.fixtures.ScriptedModel;
import dev.groqchat.application.port.out.ChatModel;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.failure.Failure.ModelTimeout;
import dev.groqchat.domain.failure.Failure.ModelTimeout.Waiting;
import io.github.resilience4j.retry.Retry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is asked again and after which pauses, which pass at once. */
class RetryingChatModelTest {
  private static final Failure UNAVAILABLE = new Failure.ModelUnavailable();
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final ScriptedModel scripted = new ScriptedModel();
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);
  private final List<Duration> pauses = new ArrayList<>();
  private final ChatModel model = over(scripted, this::pass);

  private ChatModel over(ChatModel asked, RetryingChatModel.Pause pause) {
    return new RetryingChatModel(
        asked, Retry.of("test", Retries.config()), LIMIT, nanos::get, pause);
  }

  private void pass(Duration pause) {
    pauses.add(pause);
    nanos.addAndGet(pause.toNanos());
  }

  private Failure failure() {
    return catchThrowableOfType(ChatException.class, () -> model.answer(question()).close())
        .failure();
  }

  static Stream<Failure> passing() {
    return Stream.of(
        UNAVAILABLE,
        new Failure.ReplyCut(),
        new Failure.ModelOverloaded(Refusals.OVERLOADED),
        new Failure.ModelOverloaded(Retries.WORTH_WAITING),
        new ModelTimeout(Waiting.CONNECTION, Duration.ofSeconds(2)));
  }

  @ParameterizedTest
  @MethodSource("passing")
  void whatMayPassIsAskedAgainTwice(Failure failure) {
    scripted.then(Script.refuses(failure)).then(Script.refuses(failure));
    assertThat(wholeText(model)).isEqualTo("re: Count.");
    assertThat(scripted.questions()).hasSize(3);

    scripted.otherwise(_ -> Script.refuses(failure));
    assertThat(failure()).isEqualTo(failure);
    assertThat(scripted.questions()).hasSize(6);
  }

  static Stream<Failure> lasting() {
    return Stream.of(
        new Failure.ModelRefused(),
        new Failure.PromptTooLarge(2, 1),
        new Failure.ModelBusy(Duration.ofSeconds(1)),
        new Failure.CircuitOpen(Duration.ofSeconds(1)),
        new Failure.ModelOverloaded(Retries.WORTH_WAITING.plusMillis(1)),
        new ModelTimeout(Waiting.FIRST_TOKEN, LIMIT),
        new ModelTimeout(Waiting.WHOLE_REPLY, LIMIT));
  }

  @ParameterizedTest
  @MethodSource("lasting")
  void whatLastsIsNotAskedAgain(Failure failure) {
    scripted.then(Script.refuses(failure));
    assertThat(failure()).isEqualTo(failure);
    assertThat(scripted.questions()).hasSize(1);
    assertThat(pauses).isEmpty();
  }

  @Test
  void aDefectIsNotAskedAgain() {
    scripted.then(Script.refuses(new IllegalStateException("a defect")));
    assertThatThrownBy(() -> model.answer(question()).close())
        .isInstanceOf(IllegalStateException.class);
    assertThat(scripted.questions()).hasSize(1);
  }

  @RepeatedTest(20)
  void pausesDoubleAndVary() {
    scripted.otherwise(_ -> Script.refuses(UNAVAILABLE));
    assertThat(failure()).isEqualTo(UNAVAILABLE);
    assertThat(pauses).hasSize(2);
    assertThat(pauses.getFirst()).isBetween(Duration.ofMillis(100), Duration.ofMillis(300));
    assertThat(pauses.getLast()).isBetween(Duration.ofMillis(200), Duration.ofMillis(600));
  }

  @Test
  void aModelThatIsFullIsNotAskedBeforeItsTime() {
    Failure full = new Failure.ModelOverloaded(Duration.ofMillis(2_500));
    scripted.otherwise(_ -> Script.refuses(full));
    assertThat(failure()).isEqualTo(full);
    assertThat(pauses).containsExactly(Duration.ofMillis(2_500), Duration.ofMillis(2_500));
  }

  @Test
  void nothingIsAskedAgainAfterTheLimit() {
    scripted.whenAsked(_ -> nanos.addAndGet(LIMIT.minusMillis(400).toNanos()));
    scripted.otherwise(_ -> Script.refuses(UNAVAILABLE));
    assertThat(failure()).isEqualTo(UNAVAILABLE);
    assertThat(scripted.questions()).hasSize(2);
  }

  @Test
  void allAttemptsCountFromTheFirst() {
    long start = nanos.get();
    List<Long> since = new ArrayList<>();
    scripted.whenAsked(_ -> since.add(Asked.since()));
    scripted.otherwise(_ -> Script.refuses(UNAVAILABLE));
    assertThat(failure()).isEqualTo(UNAVAILABLE);
    assertThat(since).containsExactly(start, start, start);
    assertThat(Asked.AT.isBound()).isFalse();
  }

  @Test
  void anInterruptEndsThePause() throws Exception {
    var pausing = new CountDownLatch(1);
    ChatModel waiting =
        over(
            scripted,
            _ -> {
              pausing.countDown();
              Thread.sleep(Duration.ofMinutes(10));
            });
    scripted.otherwise(_ -> Script.refuses(UNAVAILABLE));
    try (var asking = Background.run(() -> waiting.answer(question()))) {
      pausing.await();
      asking.interrupt();
      assertThatThrownBy(asking::result).isInstanceOf(InterruptedException.class);
    }
    assertThat(scripted.questions()).hasSize(1);
  }

  @Test
  void anInterruptOfAnAttemptIsTheEnd() {
    var gate = new Gate();
    scripted.then(Script.script().hesitates(gate));
    try (var asking = Background.run(() -> model.answer(question()))) {
      gate.awaitReached();
      asking.interrupt();
      assertThatThrownBy(asking::result).isInstanceOf(InterruptedException.class);
    }
    assertThat(scripted.questions()).hasSize(1);
    assertThat(scripted.open()).isZero();
  }
}
