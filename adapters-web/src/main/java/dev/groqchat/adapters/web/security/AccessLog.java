package dev.groqchat.adapters.web.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** One line for each request, once it is over; a stream's when it has ended. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class AccessLog extends OncePerRequestFilter {
  private final AccessLines lines;

  AccessLog(AccessLines lines) {
    this.lines = lines;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    long begin = System.nanoTime();
    int status = HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
    try {
      chain.doFilter(request, response);
      status = response.getStatus();
    } finally {
      lines.tell(request, status, Duration.ofNanos(System.nanoTime() - begin));
    }
  }
}
