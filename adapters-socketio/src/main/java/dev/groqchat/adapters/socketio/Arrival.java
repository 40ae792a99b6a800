package dev.groqchat.adapters.socketio;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * What is known of a client from the request with which its connection began.
 *
 * @param client what it is called if it turns out to have no key
 * @param key the API key it sent along; null for none, which is not the last word: it may send one
 *     with its CONNECT packet
 * @param requestId under which the logs have that request
 */
record Arrival(String client, @Nullable String key, String requestId) {
  private static final String BEARER = "bearer ";

  /**
   * Of the request that is being handled in this thread: the library calls back from within it, but
   * has no place for anything of ours.
   */
  static final ScopedValue<Arrival> CURRENT = ScopedValue.newInstance();

  static Arrival of(
      HttpServletRequest request, HttpServletResponse response, Query query, ClientNames names) {
    // Whatever gives requests their ids has put it on the answer by now.
    String id = response.getHeader("X-Request-ID");
    return new Arrival(
        names.nameOf(request),
        key(request, query),
        Objects.requireNonNullElseGet(id, () -> UUID.randomUUID().toString()));
  }

  private static @Nullable String key(HttpServletRequest request, Query query) {
    String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
      return authorization.substring(BEARER.length()).strip();
    }
    String header = request.getHeader("X-API-Key");
    return header == null ? query.get("token") : header;
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "Arrival[client=" + client + ", requestId=" + requestId + "]";
  }
}
