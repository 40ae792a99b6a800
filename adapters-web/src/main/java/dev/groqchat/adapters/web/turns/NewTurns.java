package dev.groqchat.adapters.web.turns;

import dev.groqchat.adapters.web.problem.RateLimitHeaders;
import dev.groqchat.adapters.web.security.Visitors;
import dev.groqchat.application.port.in.Caller;
import dev.groqchat.application.port.in.StartTurn;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Component;

/**
 * Starts turns for calls over HTTP, and puts on the answer what its client must know of that: a new
 * visitor's cookie, and what is left of a limit. Thread-safe.
 */
@Component
public class NewTurns {
  private final StartTurn startTurn;

  NewTurns(StartTurn startTurn) {
    this.startTurn = startTurn;
  }

  /**
   * Starts a turn. The answer must not be committed.
   *
   * @throws dev.groqchat.domain.failure.ChatException as {@link StartTurn#start} does
   */
  public StartTurn.Started start(
      Caller caller,
      StartTurn.NewTurn wish,
      HttpServletRequest request,
      HttpServletResponse response) {
    Caller visitor = Visitors.visiting(caller);
    StartTurn.Started started = startTurn.start(visitor, wish);
    Visitors.remember(visitor, request, response);
    RateLimitHeaders.tell(started.allowance(), response);
    return started;
  }
}
