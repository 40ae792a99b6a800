package dev.groqchat.adapters.web.openai;

import dev.groqchat.domain.traffic.Allowance;
import jakarta.servlet.http.HttpServletResponse;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;

/** Tells clients what is left of their limit by the headers that OpenAI's and Groq's know. */
final class RequestLimits {
  private static final String LIMIT = "x-ratelimit-limit-requests";
  private static final String REMAINING = "x-ratelimit-remaining-requests";
  private static final String RESET = "x-ratelimit-reset-requests";

  /** The headers, and what they say. */
  static final Map<String, String> DOCUMENTED =
      Map.of(
          LIMIT, "How many requests may come at once; absent without a limit.",
          REMAINING, "How many of these are left.",
          RESET, "How long it takes until all are back: 26ms, 2m59.56s.");

  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;

  private RequestLimits() {}

  /** Says nothing where there is no limit. The answer must not be committed. */
  static void tell(Allowance allowance, HttpServletResponse response) {
    if (allowance.unlimited()) {
      return;
    }
    response.setHeader(LIMIT, Long.toString(allowance.limit()));
    response.setHeader(REMAINING, Long.toString(Math.max(0, allowance.remaining())));
    response.setHeader(RESET, duration(allowance.reset()));
  }

  /** To the millisecond, as Go prints it: {@code 26ms}, {@code 2m59.56s}. */
  static String duration(Duration duration) {
    long millis = duration.toMillis();
    if (millis <= 0) {
      return "0s";
    }
    if (millis < SECOND) {
      return millis + "ms";
    }
    String seconds =
        BigDecimal.valueOf(millis % MINUTE, 3).stripTrailingZeros().toPlainString() + "s";
    long minutes = millis / MINUTE;
    String hours = minutes < 60 ? "" : minutes / 60 + "h";
    return minutes == 0 ? seconds : hours + minutes % 60 + "m" + seconds;
  }
}
