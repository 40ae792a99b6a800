package dev.groqchat.adapters.web.nativeapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.groqchat.adapters.web.problem.ErrorForm;
import dev.groqchat.adapters.web.problem.Problem;
import dev.groqchat.adapters.web.problem.RequestPaths;
import dev.groqchat.adapters.web.security.RequestIds;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Errors of the native API: problem details (RFC 9457). */
@Component
@Order(1)
class NativeErrors implements ErrorForm {
  /** Where a controller leaves the turn that failed, to be told with the problem. */
  static final String TURN = NativeErrors.class.getName() + ".turn";

  @Override
  public boolean answers(HttpServletRequest request) {
    return RequestPaths.within(request, "/api")
        || (RequestPaths.within(request, "/ws") && !RequestPaths.within(request, "/ws/chat"));
  }

  @Override
  public String contentType() {
    return "application/problem+json";
  }

  @Override
  public Object body(Problem problem, HttpServletRequest request) {
    return new Body(
        problem.type(),
        problem.title(),
        problem.status(),
        problem.detail(),
        RequestIds.of(request),
        (TurnJson) request.getAttribute(TURN));
  }

  @Override
  public Object example(Problem problem) {
    return new Body(
        problem.type(),
        problem.title(),
        problem.status(),
        problem.detail(),
        SAMPLE_REQUEST_ID,
        null);
  }

  @Schema(name = "Problem", description = "RFC 9457; with the turn, where one failed.")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Body(
      String type,
      String title,
      int status,
      String detail,
      String requestId,
      @Nullable TurnJson turn) {}
}
