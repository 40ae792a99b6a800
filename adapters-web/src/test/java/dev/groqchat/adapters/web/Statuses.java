package dev.groqchat.adapters.web;

import dev.groqchat.domain.failure.Failure;
import java.time.Duration;

/** The status of each failure. */
public final class Statuses {
  private Statuses() {}

  /** Whole seconds as Retry-After has them, never too few; empty where waiting does not help. */
  public static String retryAfter(Failure failure) {
    return switch (failure) {
      case Failure.ModelBusy(var wait) -> seconds(wait);
      case Failure.ModelOverloaded(var wait) -> seconds(wait);
      case Failure.CircuitOpen(var wait) -> seconds(wait);
      case Failure.RateLimited(var _, var wait) -> seconds(wait);
      case Failure.TooBusy(var wait) -> seconds(wait);
      case Failure.ShuttingDown(var wait) -> seconds(wait);
      case Failure.StoreUnavailable(var wait) -> seconds(wait);
      case Failure.InstanceLost _ -> "1";
      case Failure.InvalidRequest _, Failure.NotFound _, Failure.AlreadyExists _ -> "";
      case Failure.KeyReused _, Failure.PromptTooLarge _, Failure.ModelRefused _ -> "";
      case Failure.QuestionRefused _ -> "";
      case Failure.ModelUnavailable _, Failure.ReplyCut _, Failure.ModelTimeout _ -> "";
      case Failure.Internal _ -> "";
    };
  }

  private static String seconds(Duration wait) {
    return Long.toString((long) Math.ceil(wait.toMillis() / 1000.0));
  }

  public static int of(Failure failure) {
    return switch (failure) {
      case Failure.InvalidRequest _ -> 400;
      case Failure.NotFound _ -> 404;
      case Failure.AlreadyExists _ -> 409;
      case Failure.KeyReused _ -> 422;
      case Failure.PromptTooLarge _ -> 413;
      case Failure.QuestionRefused(var reason, _, _) ->
          switch (reason) {
            case MALFORMED -> 400;
            case UNKNOWN_MODEL -> 404;
            case UNPROCESSABLE -> 422;
          };
      case Failure.ModelRefused _, Failure.ModelUnavailable _, Failure.ReplyCut _ -> 502;
      case Failure.ModelBusy _, Failure.TooBusy _ -> 503;
      case Failure.ModelOverloaded _, Failure.CircuitOpen _ -> 503;
      case Failure.RateLimited _ -> 429;
      case Failure.InstanceLost _ -> 503;
      case Failure.ShuttingDown _, Failure.StoreUnavailable _ -> 503;
      case Failure.ModelTimeout _ -> 504;
      case Failure.Internal _ -> 500;
    };
  }
}
