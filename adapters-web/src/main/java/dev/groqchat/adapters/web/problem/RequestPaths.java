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

  /** Whether a request is for the OpenAI-compatible API, at either of its addresses. */
  public static boolean openAi(HttpServletRequest request) {
    return within(request, "/openai/v1") || within(request, "/v1");
  }

  /** The path as it was asked for, decoded; empty if the container could not read the request. */
  public static String of(HttpServletRequest request) {
    Object original = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
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
