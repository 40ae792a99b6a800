package dev.groqchat.adapters.web.classic;

import dev.groqchat.adapters.web.security.Visitors;
import dev.groqchat.application.port.in.Caller;
import dev.groqchat.domain.conversation.ConversationId;
import dev.groqchat.domain.failure.ChatException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Knows which conversation a classic client means, and tells it so. */
@Component
public class Sessions {
  /** The header, on the way in and out. */
  public static final String HEADER = "X-Session-ID";

  private static final String COOKIE = "groqchat_session";
  private static final ConversationId OF_A_KEY = new ConversationId("default");

  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  Sessions(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * The conversation that is meant: the header's, else a key's {@code default}, else the one that
   * the cookie remembers, else a new one. The answer carries it back.
   */
  ConversationId of(Caller caller, HttpServletRequest request, HttpServletResponse response) {
    ConversationId session =
        known(caller, request).orElseGet(() -> ConversationId.make(clock.instant(), random));
    response.setHeader(HEADER, session.value());
    return session;
  }

  /** The conversation that is meant, unless it would be a new one. */
  static Optional<ConversationId> known(Caller caller, HttpServletRequest request) {
    return named(request)
        .or(() -> caller.owner().shared() ? Optional.empty() : Optional.of(OF_A_KEY))
        .or(() -> remembered(request));
  }

  /** Lets the browser remember a conversation, if it was a new one. */
  static void remember(
      ConversationId session,
      Caller caller,
      HttpServletRequest request,
      HttpServletResponse response) {
    if (known(caller, request).isEmpty()) {
      Visitors.setCookie(request, response, COOKIE, session.value());
    }
  }

  private static Optional<ConversationId> named(HttpServletRequest request) {
    String header = request.getHeader(HEADER);
    return header == null || header.isEmpty() ? Optional.empty() : Optional.of(parse(header));
  }

  /**
   * A session as a client wrote it.
   *
   * @throws ChatException if it can be none
   */
  public static ConversationId parse(String text) {
    try {
      return new ConversationId(text);
    } catch (ChatException _) {
      throw ChatException.invalid(HEADER, HEADER + " must be 1 to 128 of A-Z a-z 0-9 . _ : -");
    }
  }

  private static Optional<ConversationId> remembered(HttpServletRequest request) {
    try {
      return Visitors.cookie(request, COOKIE).map(ConversationId::new);
    } catch (ChatException _) {
      // Not one of ours: as good as none.
      return Optional.empty();
    }
  }
}
