package dev.groqchat.adapters.groq;

import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.failure.Failure.ModelTimeout;
import dev.groqchat.domain.failure.Failure.ModelTimeout.Waiting;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;

/** What is asked again, when, and how often. */
final class Retries {
  private static final int ATTEMPTS = 3;

  /** The first pause, twice as long each time, and by so much shorter or longer at random. */
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

  private static final double FACTOR = 2;
  private static final double JITTER = 0.5;

  /** Nobody is kept waiting longer than this for a model that is full: another one may not be. */
  static final Duration WORTH_WAITING = Duration.ofSeconds(3);

  private static final IntervalFunction PAUSES =
      IntervalFunction.ofExponentialRandomBackoff(FIRST_PAUSE, FACTOR, JITTER);

  private Retries() {}

  static RetryConfig config() {
    return RetryConfig.custom()
        .maxAttempts(ATTEMPTS)
        .retryOnException(Retries::mayPass)
        .intervalBiFunction((attempt, outcome) -> pauseAfter(attempt, outcome.getLeft()))
        .build();
  }

  /** Whether the same question may have an answer in a moment. */
  private static boolean mayPass(Throwable thrown) {
    return thrown instanceof ChatException known
        && switch (known.failure()) {
          case Failure.ModelUnavailable _, Failure.ReplyCut _ -> true;
          case Failure.ModelOverloaded(Duration after) -> after.compareTo(WORTH_WAITING) <= 0;
          // Whoever has waited for the first token or the whole reply has waited long enough.
          case ModelTimeout(Waiting waiting, Duration _) -> waiting == Waiting.CONNECTION;
          case Failure.ModelRefused _, Failure.PromptTooLarge _, Failure.ModelBusy _ -> false;
          case Failure.CircuitOpen _, Failure.RateLimited _, Failure.TooBusy _ -> false;
          case Failure.InvalidRequest _, Failure.NotFound _, Failure.AlreadyExists _ -> false;
          case Failure.KeyReused _, Failure.InstanceLost _, Failure.ShuttingDown _ -> false;
          case Failure.QuestionRefused _ -> false;
          case Failure.StoreUnavailable _, Failure.Internal _ -> false;
        };
  }

  /** In milliseconds; not before the provider wants to be asked again. */
  private static long pauseAfter(int attempt, Throwable thrown) {
    long pause = PAUSES.apply(attempt);
    return thrown instanceof ChatException known
            && known.failure() instanceof Failure.ModelOverloaded(Duration after)
        ? Math.max(pause, after.toMillis())
        : pause;
  }
}
