package dev.groqchat.adapters.groq;

import dev.groqchat.application.port.out.ChatModel.Question;
import dev.groqchat.domain.failure.Failure;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns a provider's refusals into failures. Logs name the status, the provider's code and our
 * request's id, never the provider's text. Thread-safe.
 */
final class Refusals {
  private static final Logger log = LoggerFactory.getLogger(Refusals.class);

  /**
   * Where a provider that is full does not say for how long: short, so that it is worth waiting.
   */
  static final Duration OVERLOADED = Duration.ofSeconds(1);

  private final PromptSize size;
  private final AtomicBoolean configurationReported = new AtomicBoolean();

  Refusals(PromptSize size) {
    this.size = size;
  }

  /**
   * The failure for an answer that is no reply.
   *
   * @param retryAfter the header; null if there was none
   * @param body as much as was read of it
   */
  Failure of(int status, @Nullable String retryAfter, byte[] body, Question question) {
    ProviderError error = ProviderError.ofBody(body);
    report(status, error, question.requestId());
    if (status == 413 || (isRefusal(status) && error.hasCode("context_length_exceeded"))) {
      return size.tooLarge(error, question);
    }
    Failure limit = limit(status, error, retryAfter);
    if (limit != null) {
      return limit;
    }
    // A provider's own timeout is no fault of the request, whatever its number says.
    return isRefusal(status) && status != 408
        ? new Failure.ModelRefused()
        : new Failure.ModelUnavailable();
  }

  /** The failure for an error in the middle of a stream. */
  static Failure inStream(ProviderError error) {
    Failure limit = limit(error.status(), error, null);
    if (limit != null) {
      return limit;
    }
    return isRefusal(error.status()) && error.status() != 408
        ? new Failure.ModelRefused()
        : new Failure.ReplyCut();
  }

  /**
   * Tells what the provider allows us from what it can do for anybody; null if it is neither.
   *
   * @param status 0 if there is none
   */
  private static @Nullable Failure limit(
      int status, ProviderError error, @Nullable String retryAfter) {
    if (status == 429 || error.hasCode("rate_limit_exceeded")) {
      return new Failure.ModelBusy(RetryDelay.of(retryAfter, error.text(), RetryDelay.UNSAID));
    }
    boolean full =
        switch (status) {
          case 498, 503 -> true;
          // A refusal may quote the prompt.
          default -> !isRefusal(status) && error.text().contains("over capacity");
        };
    return full
        ? new Failure.ModelOverloaded(RetryDelay.of(retryAfter, error.text(), OVERLOADED))
        : null;
  }

  private static boolean isRefusal(int status) {
    return status >= 400 && status < 500;
  }

  private void report(int status, ProviderError error, String requestId) {
    boolean configuration = status == 401 || status == 403;
    if (configuration && configurationReported.compareAndSet(false, true)) {
      log.error(
          "the model provider does not let us in: check the API key, the base URL and the network;"
              + " status={} code={} request={}",
          status,
          error.showableCode(),
          requestId);
    } else {
      log.warn(
          "the model provider refused: status={} code={} request={}",
          status,
          error.showableCode(),
          requestId);
    }
  }
}
