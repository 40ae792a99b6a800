package dev.groqchat.adapters.web.security;

import dev.groqchat.adapters.web.problem.Problem;
import dev.groqchat.adapters.web.settings.WebProperties;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Whose pages may ask: ours, and those of the one list that HTTP and sockets share. Browsers send
 * cookies along to any address, and where a socket is opened no rule of theirs keeps a foreign page
 * from reading what comes back. Thread-safe.
 */
@Component
public class Origins {
  private static final String ALL = "*";

  private final Set<String> allowed;

  @Autowired
  Origins(WebProperties properties) {
    this(properties.allowedOrigins());
  }

  /**
   * Allows some origins besides our own.
   *
   * @param allowed as browsers write them; {@code *} for all
   */
  Origins(List<String> allowed) {
    this.allowed = allowed.stream().map(Origins::plain).collect(Collectors.toUnmodifiableSet());
  }

  /** What a page is told that may not ask. */
  public static Problem refusal() {
    return Problem.of(
        403, "origin_refused", "This origin is not allowed", "pages of this origin may not ask");
  }

  /** Whether everybody's pages may ask; then without whatever a browser would send by itself. */
  boolean allowsAll() {
    return allowed.contains(ALL);
  }

  /** Whether a request may come from where it does. What is no browser sends no origin, and may. */
  public boolean allow(HttpServletRequest request) {
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    return origin == null
        || allowsAll()
        || allowed.contains(plain(origin))
        || isOwn(origin, request.getHeader(HttpHeaders.HOST));
  }

  /**
   * Whether a page comes from where the request went. The scheme is not looked at: behind a proxy
   * that does TLS it is another one here than there.
   */
  private static boolean isOwn(String origin, String host) {
    try {
      String authority = new URI(origin).getRawAuthority();
      return authority != null && authority.equalsIgnoreCase(host);
    } catch (URISyntaxException _) {
      return false;
    }
  }

  private static String plain(String origin) {
    String stripped = origin.strip().toLowerCase(Locale.ROOT);
    return stripped.endsWith("/") ? stripped.substring(0, stripped.length() - 1) : stripped;
  }
}
