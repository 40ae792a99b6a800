package dev.groqchat.adapters.web.openai;

import dev.groqchat.adapters.web.problem.ProblemWriter;
import dev.groqchat.domain.failure.ChatException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/** Keeps a failure for its form, which tells more of it than of a problem. */
@ControllerAdvice(basePackageClasses = OpenAiAdvice.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class OpenAiAdvice {
  private final ProblemWriter writer;

  OpenAiAdvice(ProblemWriter writer) {
    this.writer = writer;
  }

  @ExceptionHandler
  void failed(ChatException e, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    request.setAttribute(OpenAiErrors.FAILURE, e.failure());
    writer.write(OpenAiErrors.problem(e.failure()), request, response);
  }
}
