package dev.groqchat.adapters.web.problem;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;

/**
 * The path that a client asked for, also where the container has dispatched to its error page
 * since.
 */
public final class RequestPaths {
  private RequestPaths() {}

  /** Whether a request is for a path or something below it. */
  public static boolean within(HttpServletRequest request, String path) {
    String asked = of(request);
    return asked.equals(path) || asked.startsWith(path + "/");
  }

  private static String of(HttpServletRequest request) {
    Object original = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    // Null if the container could not read the request.
    @Nullable String uri = original instanceof String it ? it : request.getRequestURI();
    return uri == null ? "" : plain(uri);
  }

  /** As the handlers are found by: decoded, and without path parameters. */
  private static String plain(String uri) {
    try {
      return PathContainer.parsePath(uri).elements().stream()
          .map(part ->
              part instanceof PathContainer.PathSegment segment
                  ? segment.valueToMatch()
                  : part.value())
          .collect(Collectors.joining());
    } catch (IllegalArgumentException _) {
      // An escape that is none.
      return uri;
    }
  }
}
