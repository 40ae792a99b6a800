package dev.groqchat.adapters.web.turns;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** Whether a reply will do that was made before: where nobody has asked for variety. */
public final class Reusable {
  private Reusable() {}

  /** A native call says so with a temperature of 0. A retry wants another reply. */
  public static boolean nativeCall(@Nullable Double temperature, boolean retry) {
    return temperature != null && temperature == 0 && !retry;
  }

  /** A classic call does unless it names another temperature. */
  public static boolean classicCall(@Nullable Double temperature) {
    return temperature == null || temperature == 0;
  }

  /** Whether a request may be answered with it at all (RFC 9111, section 5.2.1). */
  public static boolean allowed(HttpServletRequest request) {
    return Collections.list(request.getHeaders(HttpHeaders.CACHE_CONTROL)).stream()
        .flatMap(value -> Arrays.stream(value.split(",", -1)))
        .map(directive -> directive.strip().toLowerCase(Locale.ROOT))
        .noneMatch(directive -> directive.equals("no-cache") || directive.equals("no-store"));
  }
}
