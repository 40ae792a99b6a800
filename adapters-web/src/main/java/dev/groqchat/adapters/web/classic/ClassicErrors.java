package dev.groqchat.adapters.web.classic;

import dev.groqchat.adapters.web.problem.ErrorForm;
import dev.groqchat.adapters.web.problem.Problem;
import dev.groqchat.adapters.web.security.RequestIds;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Errors of the classic API, and of every address that is no other surface's. */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class ClassicErrors implements ErrorForm {
  private static final Instant SAMPLE_TIME = Instant.parse("2026-01-01T12:00:00.000Z");

  private final InstantSource clock;

  ClassicErrors(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public boolean answers(HttpServletRequest request) {
    return true;
  }

  @Override
  public String contentType() {
    return "application/json";
  }

  @Override
  public Object body(Problem problem, HttpServletRequest request) {
    return new Body(
        problem.detail(),
        problem.detail(),
        problem.status(),
        problem.kind(),
        RequestIds.of(request),
        clock.instant().truncatedTo(ChronoUnit.MILLIS));
  }

  @Override
  public Object example(Problem problem) {
    return new Body(
        problem.detail(),
        problem.detail(),
        problem.status(),
        problem.kind(),
        SAMPLE_REQUEST_ID,
        SAMPLE_TIME);
  }

  @Schema(name = "ClassicError")
  record Body(
      String error,
      String message,
      int code,
      String errorType,
      String requestId,
      Instant timestamp) {}
}
