package dev.groqchat.adapters.web.container;

import dev.groqchat.adapters.web.problem.Problem;
import dev.groqchat.adapters.web.problem.ProblemWriter;
import dev.groqchat.adapters.web.problem.Unreadable;
import dev.groqchat.domain.failure.Failure;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Errors that the servlet container reports by itself, in the same forms as all others. */
@Controller
@Hidden
class ErrorPage implements ErrorController {
  private final ProblemWriter writer;

  ErrorPage(ProblemWriter writer) {
    this.writer = writer;
  }

  @RequestMapping("/error")
  void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    writer.write(problem(status instanceof Integer known ? known : 404), request, response);
  }

  /** The problem that a bare status is. */
  static Problem problem(int status) {
    return switch (status) {
      case 404 ->
          Problem.of(
              status, "not_found", "There is no such thing", "there is nothing at this address");
      case 405 ->
          Problem.of(
              status, "method_not_allowed", "This is not supported", "this is not supported here");
      case 400 -> Unreadable.request();
      case 408 -> Unreadable.late();
      case 501, 505 ->
          Problem.of(
              status, "not_implemented", "This is not supported", "this is not supported here");
      default ->
          status >= 500
              ? Problem.of(new Failure.Internal())
              : Problem.of(
                  status,
                  "request_error",
                  "The request cannot be served",
                  "the request cannot be understood");
    };
  }
}
