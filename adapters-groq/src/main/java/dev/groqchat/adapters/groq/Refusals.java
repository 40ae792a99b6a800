package dev.groqchat.adapters.groq;

import dev.groqchat.application.port.out.ChatModel.Question;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.failure.Failure.QuestionRefused.Reason;
import java.time.Duration;
import java.util.Set;
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

  /** What the model has made of the question cannot be used: another wording may help. */
  private static final Set<String> ABOUT_WORDS = Set.of("tool_use_failed", "json_validate_failed");

  /** Whatever their status: who runs the service has to mend it. */
  private static final Set<String> ABOUT_US =
      Set.of("invalid_api_key", "unknown_url", "organization_restricted", "blocked_api_access");

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
    boolean tooLong = isRefusal(status) && error.hasCode("context_length_exceeded");
    if (status == 413 || (tooLong && question instanceof Question.Composed)) {
      return size.tooLarge(error, question);
    }
    Failure limit = limit(status, error, retryAfter);
    if (limit != null) {
      return limit;
    }
    Failure refused = question instanceof Question.Verbatim ? refused(status, error) : null;
    if (refused != null) {
      return refused;
    }
    // A provider's own timeout is no fault of the request, whatever its number says.
    return isRefusal(status) && status != 408
        ? new Failure.ModelRefused()
        : new Failure.ModelUnavailable();
  }

  /**
   * The failure for an error in the middle of a reply to what was asked in somebody's own words.
   */
  static Failure inRelay(ProviderError error) {
    Failure limit = limit(error.status(), error, null);
    Failure refused = limit == null ? refused(error.status(), error) : null;
    return refused == null ? inStream(error) : refused;
  }

  /**
   * The failure if it is the wording that the provider does not like; null if it is anything else.
   *
   * @param status 0 if there is none
   */
  private static @Nullable Failure refused(int status, ProviderError error) {
    if (!error.isTold() || ABOUT_US.stream().anyMatch(error::hasCode)) {
      return null;
    }
    Reason reason =
        switch (status) {
          case 400 -> Reason.MALFORMED;
          case 404 -> Reason.UNKNOWN_MODEL;
          case 422 -> Reason.UNPROCESSABLE;
          default -> ABOUT_WORDS.stream().anyMatch(error::hasCode) ? Reason.MALFORMED : null;
        };
    if (reason == null) {
      return null;
    }
    CleanedError cleaned = error.cleaned();
    return new Failure.QuestionRefused(reason, cleaned.message(), cleaned.words());
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
