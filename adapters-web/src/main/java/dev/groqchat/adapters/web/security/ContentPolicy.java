package dev.groqchat.adapters.web.security;

import dev.groqchat.adapters.web.page.PagePolicy;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Objects;
import org.springframework.security.web.header.HeaderWriter;

/**
 * What a document of ours may do in a browser (Content Security Policy, level 3). An answer of the
 * API is no document, and may do nothing.
 */
final class ContentPolicy implements HeaderWriter {
  private static final String HEADER = "Content-Security-Policy";

  private static final String NOTHING =
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  /** Swagger UI puts styles and small pictures into its document; no scripts. */
  private static final String DOCS =
      String.join(
          "; ",
          "default-src 'none'",
          "script-src 'self'",
          "style-src 'self' 'unsafe-inline'",
          "img-src 'self' data:",
          "font-src 'self' data:",
          "connect-src 'self'",
          "base-uri 'none'",
          "form-action 'none'",
          "frame-ancestors 'none'");

  @Override
  public void writeHeaders(HttpServletRequest request, HttpServletResponse response) {
    // Null if the request's first line could not be read.
    String path = Objects.requireNonNullElse(request.getRequestURI(), "");
    response.setHeader(HEADER, policy(path));
  }

  private static String policy(String path) {
    if (path.equals("/") || path.equals("/web")) {
      return PagePolicy.VALUE;
    }
    return path.startsWith("/swagger-ui/") ? DOCS : NOTHING;
  }
}
