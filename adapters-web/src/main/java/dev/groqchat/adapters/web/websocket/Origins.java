package dev.groqchat.adapters.web.websocket;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;

/**
 * Whose pages may open sockets: browsers send cookies along to any address, and no rule of theirs
 * keeps a foreign page from reading what comes back. Thread-safe.
 */
final class Origins {
  private final Set<String> allowed;

  /**
   * Allows some origins besides our own.
   *
   * @param allowed as browsers write them; {@code *} for all
   */
  Origins(List<String> allowed) {
    this.allowed = allowed.stream().map(Origins::plain).collect(Collectors.toUnmodifiableSet());
  }

  /** Whether a request may open a socket. What is no browser sends no origin, and may. */
  boolean allow(HttpServletRequest request) {
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    return origin == null
        || allowed.contains("*")
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
