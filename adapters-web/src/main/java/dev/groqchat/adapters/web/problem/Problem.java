package dev.groqchat.adapters.web.problem;

import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.traffic.Allowance;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A failure as HTTP knows it, before a surface puts it into its own form.
 *
 * @param status the HTTP status
 * @param kind a stable word for programs, such as {@code model_timeout}
 * @param title the same for every problem of a kind
 * @param detail what happened this time; shown to anybody
 * @param retryAfter how long a client should wait; null if waiting does not help
 * @param allowance what the client has left of its limit; {@link Allowance#UNLIMITED} where that is
 *     not what this is about
 */
public record Problem(
    int status,
    String kind,
    String title,
    String detail,
    @Nullable Duration retryAfter,
    Allowance allowance) {
  /** Another instance can be asked for the same at once. */
  private static final Duration ELSEWHERE = Duration.ofSeconds(1);

  public Problem(
      int status, String kind, String title, String detail, @Nullable Duration retryAfter) {
    this(status, kind, title, detail, retryAfter, Allowance.UNLIMITED);
  }

  public static Problem of(int status, String kind, String title, String detail) {
    return new Problem(status, kind, title, detail, null);
  }

  /** The problem that a failure is. */
  public static Problem of(Failure failure) {
    String detail = failure.detail();
    return switch (failure) {
      case Failure.InvalidRequest _ ->
          of(400, "validation_error", "The request breaks a rule", detail);
      case Failure.NotFound _ -> of(404, "not_found", "There is no such thing", detail);
      case Failure.AlreadyExists _ -> of(409, "already_exists", "This exists already", detail);
      case Failure.KeyReused _ -> of(422, "key_reused", "This Idempotency-Key is taken", detail);
      case Failure.ShuttingDown end ->
          new Problem(
              503, "shutting_down", "The service is shutting down", detail, end.retryAfter());
      case Failure.PromptTooLarge _ ->
          of(413, "prompt_too_large", "The model cannot hold this", detail);
      case Failure.QuestionRefused(var reason, _, _) ->
          of(status(reason), "question_refused", "The model provider refused", detail);
      case Failure.ModelRefused _ -> of(502, "model_refused", "The model provider refused", detail);
      case Failure.ModelUnavailable _ ->
          of(502, "model_unavailable", "The model provider failed", detail);
      case Failure.ReplyCut _ -> of(502, "reply_cut", "The reply broke off", detail);
      case Failure.ModelTimeout _ ->
          of(504, "model_timeout", "The model provider took too long", detail);
      case Failure.ModelBusy busy ->
          new Problem(503, "model_busy", "The model provider is busy", detail, busy.retryAfter());
      case Failure.ModelOverloaded busy ->
          new Problem(
              503, "model_overloaded", "The model is over capacity", detail, busy.retryAfter());
      case Failure.CircuitOpen open ->
          new Problem(503, "circuit_open", "The model keeps failing", detail, open.retryAfter());
      case Failure.RateLimited(long limit, Duration wait) ->
          new Problem(
              429,
              "rate_limited",
              "Too many requests",
              detail,
              wait,
              new Allowance(limit, 0, wait));
      case Failure.InstanceLost _ ->
          new Problem(
              503, "instance_lost", "The instance that ran this turn is gone", detail, ELSEWHERE);
      case Failure.TooBusy busy ->
          new Problem(503, "too_busy", "The service is busy", detail, busy.retryAfter());
      case Failure.StoreUnavailable store ->
          new Problem(
              503,
              "store_unavailable",
              "Conversations cannot be reached",
              detail,
              store.retryAfter());
      case Failure.Internal _ -> of(500, "internal_error", "Something went wrong here", detail);
    };
  }

  private static int status(Failure.QuestionRefused.Reason reason) {
    return switch (reason) {
      case MALFORMED -> 400;
      case UNKNOWN_MODEL -> 404;
      case UNPROCESSABLE -> 422;
    };
  }

  /** The kind as a URI (RFC 9457, section 3.1.1): a name, not an address. */
  public String type() {
    return "urn:groqchat:problem:" + kind.replace('_', '-');
  }

  /** Whole seconds, at least one, as the Retry-After header has them (RFC 9110, section 10.2.3). */
  public @Nullable Long retryAfterSeconds() {
    return retryAfter == null ? null : Math.max(1, RateLimitHeaders.seconds(retryAfter));
  }
}
