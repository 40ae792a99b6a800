package dev.groqchat.adapters.web.classic;

import dev.groqchat.adapters.web.problem.RequestPaths;
import dev.groqchat.adapters.web.security.Callers;
import dev.groqchat.adapters.web.security.UnauthorizedException;
import dev.groqchat.domain.conversation.ConversationId;
import dev.groqchat.domain.failure.ChatException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Puts the session that a request names on its answer before anything can go wrong: errors carry it
 * back, too, also those of requests that reach no controller.
 */
@Component
@Order(0)
class SessionHeader extends OncePerRequestFilter {
  private final Callers callers;

  SessionHeader(Callers callers) {
    this.callers = callers;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    known(request).ifPresent(session -> response.setHeader(Sessions.HEADER, session.value()));
    chain.doFilter(request, response);
  }

  private Optional<ConversationId> known(HttpServletRequest request) {
    try {
      return Sessions.known(callers.of(request), request);
    } catch (ChatException | UnauthorizedException _) {
      // The controller says so.
      return Optional.empty();
    }
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !RequestPaths.within(request, "/chat") && !RequestPaths.within(request, "/history");
  }
}
