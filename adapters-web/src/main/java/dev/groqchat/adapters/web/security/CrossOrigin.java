package dev.groqchat.adapters.web.security;

import dev.groqchat.adapters.web.problem.ProblemWriter;
import dev.groqchat.adapters.web.problem.RateLimitHeaders;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.cors.CorsProcessor;
import org.springframework.web.cors.DefaultCorsProcessor;

/**
 * Cross-Origin Resource Sharing (Fetch standard, section 3.3) by the list of {@link Origins}. A
 * page that is not on it is refused whatever it asks: it could not read the answer, but a turn
 * would have been started. Thread-safe.
 */
final class CrossOrigin implements CorsConfigurationSource, CorsProcessor {
  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PATCH", "DELETE", "OPTIONS");

  private static final List<String> SHOWN =
      List.of(
          HttpHeaders.LOCATION,
          HttpHeaders.RETRY_AFTER,
          RateLimitHeaders.LIMIT,
          RateLimitHeaders.REMAINING,
          RateLimitHeaders.RESET,
          "X-Cache",
          "X-Request-ID",
          "X-Session-ID",
          "X-Turn-ID",
          // What OpenAI's and Groq's SDKs go by.
          "x-should-retry",
          "x-ratelimit-limit-requests",
          "x-ratelimit-remaining-requests",
          "x-ratelimit-reset-requests");

  private final Origins origins;
  private final ProblemWriter problems;
  private final DefaultCorsProcessor processor = new DefaultCorsProcessor();

  CrossOrigin(Origins origins, ProblemWriter problems) {
    this.origins = origins;
    this.problems = problems;
  }

  /** What the page that asks may do; null where no page asks, or this is somebody else's matter. */
  @Override
  public @Nullable CorsConfiguration getCorsConfiguration(HttpServletRequest request) {
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    if (origin == null || request.getRequestURI().startsWith("/socket.io")) {
      return null;
    }
    CorsConfiguration cors = new CorsConfiguration();
    cors.setAllowedOrigins(List.of(origins.allowsAll() ? CorsConfiguration.ALL : origin));
    cors.setAllowCredentials(!origins.allowsAll());
    cors.setAllowedMethods(METHODS);
    // SDKs in browsers send a dozen of their own, and these pages are trusted with the key.
    cors.setAllowedHeaders(List.of(CorsConfiguration.ALL));
    cors.setExposedHeaders(SHOWN);
    cors.setMaxAge(Duration.ofHours(1));
    return cors;
  }

  @Override
  public boolean processRequest(
      @Nullable CorsConfiguration configuration,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    if (configuration != null && !origins.allow(request)) {
      response.addHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN);
      problems.write(Origins.refusal(), request, response);
      return false;
    }
    return processor.processRequest(configuration, request, response);
  }
}
