package dev.groqchat.adapters.web.websocket;

import dev.groqchat.adapters.web.classic.Sessions;
import dev.groqchat.adapters.web.problem.Problem;
import dev.groqchat.adapters.web.problem.ProblemWriter;
import dev.groqchat.adapters.web.security.Callers;
import dev.groqchat.adapters.web.security.Origins;
import dev.groqchat.adapters.web.security.RequestIds;
import dev.groqchat.adapters.web.security.UnauthorizedException;
import dev.groqchat.adapters.web.security.Visitors;
import dev.groqchat.adapters.web.turns.KeySpace;
import dev.groqchat.application.port.in.Caller;
import dev.groqchat.application.port.in.RedeemTicket;
import dev.groqchat.domain.conversation.ConversationId;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.function.Function;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;

/**
 * Lets in who may open a socket; everybody else gets a status and a problem, as from any other
 * route. Thread-safe.
 */
final class Door implements HandshakeInterceptor {
  private final Origins origins;
  private final Callers callers;
  private final RedeemTicket redeemTicket;
  private final ProblemWriter problems;
  private final Function<HttpServletRequest, @Nullable ConversationId> session;

  /**
   * The door of a surface.
   *
   * @param session finds out which conversation a socket is for; throws {@link ChatException} where
   *     that must be said, and was not
   */
  Door(
      Origins origins,
      Callers callers,
      RedeemTicket redeemTicket,
      ProblemWriter problems,
      Function<HttpServletRequest, @Nullable ConversationId> session) {
    this.origins = origins;
    this.callers = callers;
    this.redeemTicket = redeemTicket;
    this.problems = problems;
    this.session = session;
  }

  @Override
  public boolean beforeHandshake(
      ServerHttpRequest asked,
      ServerHttpResponse answer,
      WebSocketHandler handler,
      Map<String, Object> attributes)
      throws IOException {
    HttpServletRequest request = ((ServletServerHttpRequest) asked).getServletRequest();
    HttpServletResponse response = ((ServletServerHttpResponse) answer).getServletResponse();
    Problem refusal = enter(request, response, attributes);
    if (refusal != null) {
      problems.write(refusal, request, response);
    }
    return refusal == null;
  }

  private @Nullable Problem enter(
      HttpServletRequest request, HttpServletResponse response, Map<String, Object> attributes) {
    try {
      if (!origins.allow(request)) {
        return Origins.refusal();
      }
      ConversationId conversation = session.apply(request);
      if (conversation != null) {
        response.setHeader(Sessions.HEADER, conversation.value());
      }
      // Last: a ticket is used up by being looked at.
      visit(request, response, conversation).leaveIn(attributes);
      return null;
    } catch (UnauthorizedException e) {
      response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
      return e.problem();
    } catch (ChatException e) {
      return Problem.of(e.failure());
    } catch (InvalidParameterException _) {
      return Problem.of(new Failure.InvalidRequest("query", "the query cannot be decoded"));
    }
  }

  /** The ticket's holder if there is a ticket, else whoever any other request would be from. */
  private Visit visit(
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable ConversationId conversation) {
    String ticket = request.getParameter("ticket");
    if (ticket != null) {
      Caller holder =
          redeemTicket
              .redeem(ticket, RequestIds.of(request))
              .orElseThrow(UnauthorizedException::new);
      return new Visit(holder, KeySpace.of(holder), conversation);
    }
    Caller caller = callers.of(request);
    // There is no answer to give a cookie with later on.
    Caller visitor = Visitors.visiting(caller);
    Visitors.remember(visitor, request, response);
    return new Visit(visitor, KeySpace.of(caller), conversation);
  }

  @Override
  public void afterHandshake(
      ServerHttpRequest request,
      ServerHttpResponse response,
      WebSocketHandler handler,
      @Nullable Exception failure) {}
}
