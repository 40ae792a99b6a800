package dev.groqchat.adapters.web.container;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * Refuses an encoded slash in a path, as Tomcat does by itself, but where model ids come with one:
 * {@code /v1/models/openai%2Fgpt-oss-20b}. Tomcat can be told to let it pass for all paths alone.
 */
final class EncodedSlashValve extends ValveBase {
  private static final String SLASH = "%2f";

  EncodedSlashValve() {
    super(true);
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    String uri = request.getRequestURI();
    if (uri != null && uri.toLowerCase(Locale.ROOT).contains(SLASH) && !ofModel(request)) {
      response.sendError(HttpServletResponse.SC_BAD_REQUEST);
    } else {
      getNext().invoke(request, response);
    }
  }

  /** Goes by the path without its dots and parameters: by that, Tomcat finds what is asked for. */
  private static boolean ofModel(Request request) {
    String path = request.getDecodedRequestURI();
    return path != null
        && (path.startsWith("/v1/models/") || path.startsWith("/openai/v1/models/"));
  }
}
