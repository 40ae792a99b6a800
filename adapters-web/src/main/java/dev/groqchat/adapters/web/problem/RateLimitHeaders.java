package dev.groqchat.adapters.web.problem;

import dev.groqchat.domain.traffic.Allowance;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;

/**
 * Tells clients what is left of their limit, by the three headers that most of them know (IETF
 * draft-ietf-httpapi-ratelimit-headers, up to its sixth version).
 */
public final class RateLimitHeaders {
  /** How many requests may come at once. */
  public static final String LIMIT = "RateLimit-Limit";

  /** How many of these are left. */
  public static final String REMAINING = "RateLimit-Remaining";

  /** In how many seconds all are back. */
  public static final String RESET = "RateLimit-Reset";

  private RateLimitHeaders() {}

  /** Says nothing where there is no limit. The answer must not be committed. */
  public static void tell(Allowance allowance, HttpServletResponse response) {
    if (allowance.unlimited()) {
      return;
    }
    response.setHeader(LIMIT, Long.toString(allowance.limit()));
    response.setHeader(REMAINING, Long.toString(Math.max(0, allowance.remaining())));
    response.setHeader(RESET, Long.toString(seconds(allowance.reset())));
  }

  /** Whole seconds, rounded up: who comes back then is never too early. */
  static long seconds(Duration duration) {
    return (duration.toMillis() + 999) / 1000;
  }
}
