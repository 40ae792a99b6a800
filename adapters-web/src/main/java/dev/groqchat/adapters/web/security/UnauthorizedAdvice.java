package dev.groqchat.adapters.web.security;

import dev.groqchat.adapters.web.problem.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/** Says that a key is needed. Before the advice that takes all exceptions. */
@ControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class UnauthorizedAdvice {
  private final ProblemWriter writer;

  UnauthorizedAdvice(ProblemWriter writer) {
    this.writer = writer;
  }

  @ExceptionHandler
  void unauthorized(
      UnauthorizedException e, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    writer.write(e.problem(), request, response);
  }
}
