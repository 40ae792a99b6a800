package dev.groqchat.domain.failure;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.domain.failure.Failure.ModelTimeout.Waiting;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailureTest {
  /** Each failure, whether to try again, and its words. */
  static Stream<Arguments> failures() {
    Duration half = Duration.ofMillis(1_500);
    Duration two = Duration.ofSeconds(2);
    return Stream.of(
        Arguments.of(new Failure.InvalidRequest("prompt", "too long"), false, "too long"),
        Arguments.of(new Failure.NotFound("turn"), false, "no such turn"),
        Arguments.of(
            new Failure.AlreadyExists("conversation"), false, "this conversation exists already"),
        Arguments.of(
            new Failure.KeyReused(),
            false,
            "this Idempotency-Key was used for another request; use a new one"),
        Arguments.of(
            new Failure.PromptTooLarge(9_000, 8_192),
            false,
            "the message and the reply need 9000 tokens, the model holds 8192"),
        Arguments.of(new Failure.ModelRefused(), false, "the model provider refused the request"),
        Arguments.of(new Failure.ModelUnavailable(), true, "the model provider failed"),
        Arguments.of(
            new Failure.ModelBusy(half),
            true,
            "the model provider is over its limit; try again in 1.5 s"),
        Arguments.of(
            new Failure.ModelOverloaded(half),
            true,
            "the model is over capacity; try again in 1.5 s"),
        Arguments.of(
            new Failure.CircuitOpen(two),
            true,
            "the model keeps failing and is left alone; try again in 2 s"),
        Arguments.of(
            new Failure.RateLimited(10, half), true, "too many requests; try again in 1.5 s"),
        Arguments.of(
            new Failure.InstanceLost(),
            true,
            "the instance that ran this turn is gone; what it had written is kept"),
        Arguments.of(
            new Failure.ModelTimeout(Waiting.FIRST_TOKEN, two),
            true,
            "the model provider took longer than 2 s for the first token"),
        Arguments.of(
            new Failure.QuestionRefused(
                Failure.QuestionRefused.Reason.MALFORMED, "no such field", "{}"),
            false,
            "no such field"),
        Arguments.of(new Failure.ReplyCut(), true, "the reply broke off before its end"),
        Arguments.of(new Failure.TooBusy(two), true, "the service is busy; try again in 2 s"),
        Arguments.of(
            new Failure.ShuttingDown(two), true, "the service is shutting down; try again in 2 s"),
        Arguments.of(
            new Failure.StoreUnavailable(two),
            true,
            "conversations cannot be reached for now; try again in 2 s"),
        Arguments.of(
            new Failure.Internal(),
            true,
            "something went wrong here; the log has it under this request's id"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void saysWhatHappenedAndWhetherToTryAgain(Failure failure, boolean retryable, String detail) {
    assertThat(failure.detail()).isEqualTo(detail);
    assertThat(failure.retryable()).isEqualTo(retryable);
    assertThat(new ChatException(failure)).hasMessage(detail).hasNoCause();
  }

  @Test
  void theTableHasEveryFailure() {
    assertThat(failures().<Class<?>>map(row -> requireNonNull(row.get()[0]).getClass()))
        .containsExactlyInAnyOrder(Failure.class.getPermittedSubclasses());
  }

  @Test
  void everyWaitHasWords() {
    assertThat(Arrays.stream(Waiting.values()))
        .extracting(waiting -> new Failure.ModelTimeout(waiting, Duration.ofSeconds(1)).detail())
        .doesNotHaveDuplicates()
        .noneMatch(detail -> detail.endsWith("null"));
  }

  @Test
  void anExceptionKeepsItsFailureAndItsCause() {
    Failure failure = new Failure.ModelUnavailable();
    Exception cause = new Exception("for the log");

    ChatException exception = new ChatException(failure, cause);

    assertThat(exception.failure()).isSameAs(failure);
    assertThat(exception).hasCause(cause);
    assertThat(ChatException.invalid("title", "too long").failure())
        .isEqualTo(new Failure.InvalidRequest("title", "too long"));
  }
}
