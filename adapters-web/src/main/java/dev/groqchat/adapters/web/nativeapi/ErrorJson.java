package dev.groqchat.adapters.web.nativeapi;

import dev.groqchat.adapters.web.problem.Problem;
import dev.groqchat.domain.failure.Failure;
import io.swagger.v3.oas.annotations.media.Schema;

/** What went wrong with a turn, as an event and a turn tell it. */
@Schema(name = "TurnError")
public record ErrorJson(String type, String title, String detail) {
  public static ErrorJson of(Failure failure) {
    return of(Problem.of(failure));
  }

  public static ErrorJson of(Problem problem) {
    return new ErrorJson(problem.type(), problem.title(), problem.detail());
  }
}
