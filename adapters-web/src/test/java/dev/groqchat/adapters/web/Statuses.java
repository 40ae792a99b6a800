package dev.groqchat.adapters.web;

import dev.groqchat.domain.failure.Failure;

/** The status of each failure. */
public final class Statuses {
  private Statuses() {}

  public static int of(Failure failure) {
    return switch (failure) {
      case Failure.InvalidRequest _ -> 400;
      case Failure.NotFound _ -> 404;
      case Failure.AlreadyExists _ -> 409;
      case Failure.KeyReused _ -> 422;
      case Failure.PromptTooLarge _ -> 413;
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
