package dev.groqchat.adapters.web.security;

import static java.util.stream.Collectors.toUnmodifiableSet;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerMapping;

/**
 * The line that every request leaves in the log, wherever it was answered. Names the route, never
 * the address: that may hold a ticket, and whatever a client likes to write. Thread-safe.
 */
@Component
public class AccessLines {
  private static final Logger LOG = LoggerFactory.getLogger("dev.groqchat.access");
  private static final String TOLD = AccessLines.class.getName();
  private static final String NONE = "none";

  /** A client may send any word for one. */
  private static final Set<String> METHODS =
      Arrays.stream(HttpMethod.values()).map(HttpMethod::name).collect(toUnmodifiableSet());

  private final Callers callers;

  AccessLines(Callers callers) {
    this.callers = callers;
  }

  /** Logs a request that is over, and was one of Spring's. */
  void tell(HttpServletRequest request, int status, Duration took) {
    tell(request, route(request), status, took);
  }

  /**
   * Logs a request that is over, unless that was done already: one that came to no route.
   *
   * @param request whose method is not known if it could not be read
   */
  public void tellUnrouted(HttpServletRequest request, int status, Duration took) {
    if (request.getAttribute(TOLD) == null) {
      tell(request, NONE, status, took);
    }
  }

  private void tell(HttpServletRequest request, String route, int status, Duration took) {
    request.setAttribute(TOLD, true);
    String asked = Objects.requireNonNullElse(request.getMethod(), NONE);
    String method = asked.equals(NONE) || METHODS.contains(asked) ? asked : "other";
    String client = callers.nameOf(request);
    LOG.atInfo()
        .addKeyValue("method", method)
        .addKeyValue("route", route)
        .addKeyValue("status", status)
        .addKeyValue("duration_ms", took.toMillis())
        .addKeyValue("client", client)
        .log("{} {} {} {} ms client={}", method, route, status, took.toMillis(), client);
  }

  private static String route(HttpServletRequest request) {
    Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    return pattern == null ? NONE : pattern.toString();
  }
}
