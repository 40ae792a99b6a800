package dev.groqchat.adapters.web.openai;

import dev.groqchat.adapters.web.problem.BodyTooLargeException;
import dev.groqchat.adapters.web.problem.ErrorForm;
import dev.groqchat.adapters.web.problem.Problem;
import dev.groqchat.adapters.web.problem.RequestPaths;
import dev.groqchat.domain.failure.Failure;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Errors of the OpenAI-compatible API, and of every address below its own that is none. */
@Component
@Order(1)
class OpenAiErrors implements ErrorForm {
  /** Where {@link OpenAiAdvice} leaves the failure that a problem is of. */
  static final String FAILURE = OpenAiErrors.class.getName() + ".failure";

  /** What OpenAI's clients go by before they look at the status. */
  private static final String SHOULD_RETRY = "x-should-retry";

  private static final Failure SAMPLE_LIMIT = new Failure.RateLimited(100, Duration.ofSeconds(5));

  /** 20 MiB, unless another limit is set. */
  private static final long SAMPLE_BODY = 20_971_520;

  @Override
  public boolean answers(HttpServletRequest request) {
    return RequestPaths.openAi(request);
  }

  @Override
  public String contentType() {
    return "application/json";
  }

  @Override
  public void headers(Problem problem, HttpServletRequest request, HttpServletResponse response) {
    RequestLimits.tell(problem.allowance(), response);
    if (request.getAttribute(FAILURE) instanceof Failure failure && triedEnough(failure)) {
      response.setHeader(SHOULD_RETRY, "false");
    }
  }

  @Override
  public Object body(Problem problem, HttpServletRequest request) {
    if (request.getAttribute(FAILURE) instanceof Failure failure) {
      return ErrorJson.of(failure);
    }
    return problem.kind().equals("not_found")
        ? ErrorJson.unknownUrl(request.getMethod(), RequestPaths.of(request))
        : ErrorJson.of(problem);
  }

  @Override
  public @Nullable String meaning(int status) {
    return switch (status) {
      case 404 -> "There is no such model.";
      case 422 -> "The model provider cannot make anything of this.";
      default -> null;
    };
  }

  @Override
  public Map<String, String> documentedHeaders(int status) {
    return switch (status) {
      case 200, 429 -> RequestLimits.DOCUMENTED;
      case 502, 503, 504 ->
          Map.of(SHOULD_RETRY, "false, if the model was tried as often as it makes sense.");
      default -> Map.of();
    };
  }

  @Override
  public Object example(Problem problem) {
    return switch (problem.status()) {
      case 404 -> ErrorJson.unknownModel("no/such-model");
      case 413 -> ErrorJson.of(new BodyTooLargeException(SAMPLE_BODY).problem());
      case 429 -> ErrorJson.of(SAMPLE_LIMIT);
      default -> ErrorJson.of(problem);
    };
  }

  /** The problem that a failure is here: the provider's limit is the client's own business. */
  static Problem problem(Failure failure) {
    Problem usual = Problem.of(failure);
    return failure instanceof Failure.ModelBusy
        ? new Problem(429, usual.kind(), usual.title(), usual.detail(), usual.retryAfter())
        : usual;
  }

  /**
   * Whether the model was tried as often as it makes sense: clients that try again by themselves
   * would multiply their attempts with ours. An open breaker has asked nobody: later is worth an
   * attempt.
   */
  private static boolean triedEnough(Failure failure) {
    return switch (failure) {
      case Failure.ModelRefused _, Failure.ModelUnavailable _, Failure.ReplyCut _ -> true;
      case Failure.ModelTimeout _, Failure.ModelOverloaded _ -> true;
      case Failure.CircuitOpen _ -> false;
      case Failure.TooBusy _, Failure.ShuttingDown _, Failure.StoreUnavailable _ -> false;
      case Failure.RateLimited _, Failure.ModelBusy _, Failure.InstanceLost _ -> false;
      case Failure.InvalidRequest _, Failure.NotFound _, Failure.AlreadyExists _ -> false;
      case Failure.KeyReused _, Failure.PromptTooLarge _, Failure.QuestionRefused _ -> false;
      case Failure.Internal _ -> false;
    };
  }
}
