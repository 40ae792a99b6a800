package dev.groqchat.adapters.web.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Takes a request's id over from the client, or makes one; puts it on the answer and beside every
 * log line.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
public class RequestIds extends OncePerRequestFilter {
  /** The header, on the way in and out. */
  public static final String HEADER = "X-Request-ID";

  private static final String ATTRIBUTE = RequestIds.class.getName();
  private static final int MOST_CHARS = 128;

  /** The id of a request. */
  public static String of(HttpServletRequest request) {
    return Objects.requireNonNullElse((String) request.getAttribute(ATTRIBUTE), "unknown");
  }

  /** Gives a request its id, and the answer, too. Idempotent: a request keeps its id. */
  public static String assign(HttpServletRequest request, HttpServletResponse response) {
    String id =
        request.getAttribute(ATTRIBUTE) instanceof String known
            ? known
            : taken(request.getHeader(HEADER));
    request.setAttribute(ATTRIBUTE, id);
    response.setHeader(HEADER, id);
    return id;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String id = assign(request, response);
    try (var _ = MDC.putCloseable("request_id", id)) {
      chain.doFilter(request, response);
    }
  }

  /** What is not printable ASCII could forge log lines and headers, and is replaced. */
  private static String taken(@Nullable String given) {
    if (given == null || given.isBlank()) {
      return UUID.randomUUID().toString();
    }
    String cut = given.length() <= MOST_CHARS ? given : given.substring(0, MOST_CHARS);
    return cut.replaceAll("[^\\x21-\\x7e]", "_");
  }

  @Override
  protected boolean shouldNotFilterErrorDispatch() {
    return false;
  }
}
