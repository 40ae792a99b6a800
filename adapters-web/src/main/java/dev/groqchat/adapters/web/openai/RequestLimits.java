package dev.groqchat.adapters.web.openai;

import dev.groqchat.domain.traffic.Allowance;
import jakarta.servlet.http.HttpServletResponse;
import java.math.BigDecimal;
import java.time.Duration;

/** Tells clients what is left of their limit by the headers that OpenAI's and Groq's know. */
final class RequestLimits {
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;

  private RequestLimits() {}

  /** Says nothing where there is no limit. The answer must not be committed. */
  static void tell(Allowance allowance, HttpServletResponse response) {
    if (allowance.unlimited()) {
      return;
    }
    response.setHeader("x-ratelimit-limit-requests", Long.toString(allowance.limit()));
    response.setHeader(
        "x-ratelimit-remaining-requests", Long.toString(Math.max(0, allowance.remaining())));
    response.setHeader("x-ratelimit-reset-requests", duration(allowance.reset()));
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
