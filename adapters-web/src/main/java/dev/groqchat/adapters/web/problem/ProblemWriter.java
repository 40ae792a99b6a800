package dev.groqchat.adapters.web.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/** Writes an error in the form of the surface that was asked. Thread-safe. */
@Component
public class ProblemWriter {
  private final List<ErrorForm> forms;
  private final ObjectMapper json;

  ProblemWriter(List<ErrorForm> forms, ObjectMapper json) {
    this.forms = forms;
    this.json = json;
  }

  /** Writes the whole answer, unless one is under way: then nothing more can be said. */
  public void write(Problem problem, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (response.isCommitted()) {
      return;
    }
    response.resetBuffer();
    response.setStatus(problem.status());
    if (problem.retryAfterSeconds() != null) {
      response.setHeader(HttpHeaders.RETRY_AFTER, problem.retryAfterSeconds().toString());
    }
    RateLimitHeaders.tell(problem.allowance(), response);
    if (response.getHeader(HttpHeaders.CACHE_CONTROL) == null) {
      response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    }
    ErrorForm form = form(request);
    form.headers(problem, request, response);
    Object body = form.body(problem, request);
    byte[] bytes =
        body instanceof String text
            ? text.getBytes(StandardCharsets.UTF_8)
            : json.writeValueAsBytes(body);
    response.setContentType(form.contentType());
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }

  private ErrorForm form(HttpServletRequest request) {
    return forms.stream()
        .filter(form -> form.answers(request))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no error form answers every request"));
  }
}
