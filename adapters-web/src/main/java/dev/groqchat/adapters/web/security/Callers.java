package dev.groqchat.adapters.web.security;

import dev.groqchat.adapters.web.settings.ApiKeys;
import dev.groqchat.application.port.in.Caller;
import dev.groqchat.domain.conversation.Owner;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Finds out who is asking. No use case can be asked without a {@link Caller}, and there is no other
 * way to one: a new route cannot forget the key. Thread-safe.
 */
@Component
public class Callers {
  private static final Logger LOG = LoggerFactory.getLogger(Callers.class);
  private static final String BEARER = "bearer ";

  private final ApiKeys keys;
  private final Clients clients;

  Callers(ApiKeys keys, Clients clients) {
    this.keys = keys;
    this.clients = clients;
    if (!keys.required()) {
      LOG.warn("neither API_KEY nor API_KEYS is set: whoever reaches this service may use it");
    }
  }

  /**
   * Who is asking.
   *
   * @throws UnauthorizedException if keys are set and none of them was sent
   */
  public Caller of(HttpServletRequest request) {
    String requestId = RequestIds.of(request);
    Optional<String> name = keyName(request);
    if (name.isPresent()) {
      return new Caller(new Owner(name.get()), name.get(), null, requestId);
    }
    if (keys.required()) {
      throw new UnauthorizedException();
    }
    return new Caller(Owner.SHARED, clients.of(request), Visitors.of(request), requestId);
  }

  /**
   * Whether the caller may know what only a key's holder, or in a service without keys everybody,
   * may know.
   */
  public boolean trusted(HttpServletRequest request) {
    return !keys.required() || keyName(request).isPresent();
  }

  /** The client's name, for logs; whoever sends no valid key has only an address. */
  public String nameOf(HttpServletRequest request) {
    return keyName(request).orElseGet(() -> clients.of(request));
  }

  private Optional<String> keyName(HttpServletRequest request) {
    return presented(request).flatMap(keys::nameOf);
  }

  private static Optional<String> presented(HttpServletRequest request) {
    String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return Optional.of(authorization.substring(BEARER.length()).strip());
    }
    return Optional.ofNullable(request.getHeader("X-API-Key"));
  }
}
