package dev.groqchat.adapters.web.docs;

import dev.groqchat.adapters.web.problem.RateLimitHeaders;
import dev.groqchat.adapters.web.stream.Replies;
import dev.groqchat.application.port.in.Caller;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.Arrays;
import java.util.List;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;

/** Documents errors, and the headers that go with work, once for all operations. */
@Component
class CommonAnswers implements OperationCustomizer {
  private static final int TOO_MANY = 429;

  @Override
  public Operation customize(Operation operation, HandlerMethod handler) {
    Errors errors = handler.getMethodAnnotation(Errors.class);
    int[] statuses = errors == null ? new int[0] : errors.value();
    ApiResponses responses = operation.getResponses();
    if (Arrays.stream(handler.getMethodParameters())
        .anyMatch(parameter -> parameter.getParameterType() == Caller.class)) {
      responses.addApiResponse("401", error(401));
    }
    for (int status : statuses) {
      responses.addApiResponse(Integer.toString(status), error(status));
    }
    ApiResponse done = responses.get("200");
    if (done != null && Arrays.stream(statuses).anyMatch(status -> status == TOO_MANY)) {
      limits(done);
      done.addHeaderObject(Replies.REUSE, reuse());
    }
    return operation;
  }

  private static ApiResponse error(int status) {
    ApiResponse response = new ApiResponse().description(description(status));
    if (status == TOO_MANY) {
      limits(response);
    }
    if (status == TOO_MANY || status == 503) {
      response.addHeaderObject(
          HttpHeaders.RETRY_AFTER,
          header(new IntegerSchema(), "In how many seconds it is worth trying again."));
    }
    return response;
  }

  private static String description(int status) {
    return switch (status) {
      case 400 -> "A field breaks a rule.";
      case 401 -> "An API key is needed, where keys are set.";
      case 404 -> "There is no such thing, or it is somebody else's.";
      case 409 -> "The id is taken.";
      case 413 -> "The body is too large, or the model cannot hold this.";
      case 422 -> "The Idempotency-Key stands for another request.";
      case TOO_MANY -> "Too many requests; Retry-After tells for how long.";
      case 502 -> "The model provider failed or refused.";
      case 503 -> "Too busy; Retry-After tells for how long.";
      case 504 -> "The model provider took too long.";
      default -> throw new IllegalArgumentException("no words for " + status);
    };
  }

  private static void limits(ApiResponse response) {
    response.addHeaderObject(
        RateLimitHeaders.LIMIT,
        header(new IntegerSchema(), "How many requests may come at once; absent without a limit."));
    response.addHeaderObject(
        RateLimitHeaders.REMAINING, header(new IntegerSchema(), "How many of these are left."));
    response.addHeaderObject(
        RateLimitHeaders.RESET, header(new IntegerSchema(), "In how many seconds all are back."));
  }

  private static Header reuse() {
    Schema<String> words = new StringSchema()._enum(List.of("hit", "miss", "joined"));
    return header(
        words,
        "Of an answer in one piece: where the reply came from; absent where none that was made before"
            + " would have done.");
  }

  private static Header header(Schema<?> schema, String description) {
    return new Header().description(description).schema(schema);
  }
}
