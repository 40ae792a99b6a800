package dev.groqchat.adapters.web.docs;

import dev.groqchat.adapters.web.problem.BodyTooLargeException;
import dev.groqchat.adapters.web.problem.Problem;
import dev.groqchat.adapters.web.security.UnauthorizedException;
import dev.groqchat.domain.failure.Failure;
import java.time.Duration;

/** One error of each status, for the documentation, and when it is to be expected. */
final class SampleErrors {
  static final int BAD_REQUEST = 400;
  static final int UNAUTHORIZED = 401;
  static final int TOO_LARGE = 413;
  static final int WRONG_TYPE = 415;
  static final int TOO_MANY = 429;
  static final int UNAVAILABLE = 503;

  private static final Duration SOON = Duration.ofSeconds(5);
  private static final long MAX_BODY = 1_048_576;

  private SampleErrors() {}

  static Problem of(int status) {
    return switch (status) {
      case BAD_REQUEST ->
          Problem.of(new Failure.InvalidRequest("message", "message must not be blank"));
      case UNAUTHORIZED -> new UnauthorizedException().problem();
      case 404 -> Problem.of(new Failure.NotFound("conversation"));
      case 406 ->
          Problem.of(
              status,
              "not_acceptable",
              "There is nothing that Accept allows",
              "this can be had as text/plain");
      case 409 -> Problem.of(new Failure.AlreadyExists("conversation"));
      case TOO_LARGE -> new BodyTooLargeException(MAX_BODY).problem();
      case WRONG_TYPE ->
          Problem.of(
              status,
              "unsupported_media_type",
              "This content type is not supported here",
              "the body must be application/json");
      case 422 -> Problem.of(new Failure.KeyReused());
      case TOO_MANY -> Problem.of(new Failure.RateLimited(100, SOON));
      case 502 -> Problem.of(new Failure.ModelUnavailable());
      case UNAVAILABLE -> Problem.of(new Failure.TooBusy(SOON));
      case 504 ->
          Problem.of(new Failure.ModelTimeout(Failure.ModelTimeout.Waiting.FIRST_TOKEN, SOON));
      default -> throw new IllegalArgumentException("no words for " + status);
    };
  }

  static String description(int status) {
    return switch (status) {
      case BAD_REQUEST -> "What was sent breaks a rule, or cannot be read.";
      case UNAUTHORIZED -> "An API key is needed, where keys are set.";
      case 404 -> "There is no such thing, or it is somebody else's.";
      case 406 -> "Accept allows nothing that there is.";
      case 409 -> "The id is taken, or the reply was stopped from elsewhere.";
      case TOO_LARGE -> "The body is too large, or the model cannot hold this.";
      case WRONG_TYPE -> "The body is not application/json, or compressed.";
      case 422 -> "The Idempotency-Key stands for another request.";
      case TOO_MANY -> "Too many requests; Retry-After tells for how long.";
      case 502 -> "The model provider failed or refused.";
      case UNAVAILABLE -> "Too busy; Retry-After tells for how long.";
      case 504 -> "The model provider took too long.";
      default -> throw new IllegalArgumentException("no words for " + status);
    };
  }
}
