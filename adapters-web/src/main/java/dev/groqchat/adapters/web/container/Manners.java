package dev.groqchat.adapters.web.container;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * What every answer has in common as HTTP: nothing is kept by a cache unless a handler says
 * otherwise, and TRACE and OPTIONS are answered like any other method, with what is true of the
 * address.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class Manners extends OncePerRequestFilter {
  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    response.setHeader(HttpHeaders.CACHE_CONTROL, CacheControl.noStore().getHeaderValue());
    if (HttpMethod.TRACE.matches(request.getMethod())) {
      chain.doFilter(new Untraced(request), response);
    } else if (HttpMethod.OPTIONS.matches(request.getMethod())) {
      chain.doFilter(request, new WithoutBlankAcceptPatch(response));
    } else {
      chain.doFilter(request, response);
    }
  }

  /**
   * A servlet answers TRACE by itself, with all that the request holds. By a name that it does not
   * know (methods are case-sensitive) the request gets to the handlers, which refuse it.
   */
  private static final class Untraced extends HttpServletRequestWrapper {
    Untraced(HttpServletRequest request) {
      super(request);
    }

    @Override
    public String getMethod() {
      return "trace";
    }
  }

  /** Spring says Accept-Patch of every address, with nothing in it where there is no PATCH. */
  private static final class WithoutBlankAcceptPatch extends HttpServletResponseWrapper {
    WithoutBlankAcceptPatch(HttpServletResponse response) {
      super(response);
    }

    @Override
    public void addHeader(String name, String value) {
      if (!blankAcceptPatch(name, value)) {
        super.addHeader(name, value);
      }
    }

    @Override
    public void setHeader(String name, String value) {
      if (!blankAcceptPatch(name, value)) {
        super.setHeader(name, value);
      }
    }

    private static boolean blankAcceptPatch(String name, String value) {
      return name.equalsIgnoreCase(HttpHeaders.ACCEPT_PATCH) && value.isEmpty();
    }
  }
}
