package dev.groqchat.adapters.web.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.groqchat.adapters.web.problem.Problem;
import dev.groqchat.domain.failure.Failure;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An error as OpenAI and Groq write it. What is not set is absent: null breaks some clients. */
@Schema(name = "OpenAiError")
record ErrorJson(Detail error) {
  private static final String INVALID = "invalid_request_error";
  private static final String SERVER = "internal_server_error";
  private static final String LIMIT = "rate_limit_exceeded";

  /**
   * What is wrong.
   *
   * @param param the field of the request that is to blame; null if none is
   * @param code a stable word for programs; null if the type says it all
   */
  @Schema(name = "OpenAiErrorDetail")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Detail(String message, String type, @Nullable String param, @Nullable String code) {}

  /** A failure: one of these, or the provider's own words, which are JSON already. */
  static Object of(Failure failure) {
    return switch (failure) {
      case Failure.QuestionRefused(_, _, String words) -> words;
      case Failure.InvalidRequest(String field, String detail) ->
          new ErrorJson(new Detail(detail, INVALID, field.equals("body") ? null : field, null));
      case Failure.PromptTooLarge _ ->
          new ErrorJson(
              new Detail(failure.detail(), INVALID, "messages", "context_length_exceeded"));
      // Clients know both by these words: our own limit, and the provider's.
      case Failure.RateLimited _ ->
          new ErrorJson(new Detail(failure.detail(), "requests", null, LIMIT));
      case Failure.ModelBusy _ ->
          new ErrorJson(new Detail(failure.detail(), "tokens", null, LIMIT));
      case Failure.NotFound _, Failure.AlreadyExists _, Failure.KeyReused _ ->
          coded(failure, INVALID);
      case Failure.ModelRefused _, Failure.ModelUnavailable _, Failure.ModelTimeout _ ->
          coded(failure, SERVER);
      case Failure.ModelOverloaded _, Failure.CircuitOpen _, Failure.ReplyCut _ ->
          coded(failure, SERVER);
      case Failure.TooBusy _, Failure.ShuttingDown _, Failure.InstanceLost _ ->
          coded(failure, SERVER);
      case Failure.StoreUnavailable _, Failure.Internal _ -> coded(failure, SERVER);
    };
  }

  private static ErrorJson coded(Failure failure, String type) {
    return new ErrorJson(new Detail(failure.detail(), type, null, Problem.of(failure).kind()));
  }

  /** What is no failure of a use case, but wrong about the request all the same. */
  static ErrorJson of(Problem problem) {
    return problem.status() >= 500
        ? new ErrorJson(new Detail(problem.detail(), SERVER, null, problem.kind()))
        : refused(problem.detail(), code(problem.kind()));
  }

  private static @Nullable String code(String kind) {
    return switch (kind) {
      case "unauthorized" -> "invalid_api_key";
      case "validation_error", "request_error" -> null;
      default -> kind;
    };
  }

  static ErrorJson unknownModel(String id) {
    return refused(
        "The model `" + id + "` does not exist or you do not have access to it.",
        "model_not_found");
  }

  static ErrorJson unknownUrl(String method, String path) {
    return refused(
        "Unknown request URL: %s %s. Please check the URL for typos, or see the docs at /swagger-ui.html."
            .formatted(method, path),
        "unknown_url");
  }

  private static ErrorJson refused(String message, @Nullable String code) {
    return new ErrorJson(new Detail(message, INVALID, null, code));
  }
}
