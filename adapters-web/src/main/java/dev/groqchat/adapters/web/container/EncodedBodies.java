package dev.groqchat.adapters.web.container;

import dev.groqchat.adapters.web.problem.Problem;
import dev.groqchat.adapters.web.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses bodies that are compressed: read as they are they would be called broken JSON, and
 * unpacked they could be of any size.
 */
@Component
@Order(2)
class EncodedBodies extends OncePerRequestFilter {
  private static final String NONE = "identity";

  private final ProblemWriter problems;

  EncodedBodies(ProblemWriter problems) {
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
    if (encoding == null || encoding.isBlank() || encoding.strip().equalsIgnoreCase(NONE)) {
      chain.doFilter(request, response);
      return;
    }
    // What would do instead: RFC 9110, section 12.5.3.
    response.setHeader(HttpHeaders.ACCEPT_ENCODING, NONE);
    Problem problem =
        Problem.of(
            415,
            "unsupported_encoding",
            "This content encoding is not supported here",
            "the body must not be compressed");
    problems.write(problem, request, response);
  }
}
