package dev.groqchat.adapters.web.security;

import dev.groqchat.application.port.in.Caller;
import dev.groqchat.domain.conversation.VisitorId;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;

/** Knows a browser again by a random cookie, where there are no keys. */
public final class Visitors {
  private static final String COOKIE = "groqchat_visitor";
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");
  private static final Duration REMEMBERED = Duration.ofDays(365);
  private static final SecureRandom RANDOM = new SecureRandom();

  private Visitors() {}

  /** The visitor that a request's cookie names; null if it has none. */
  static @Nullable VisitorId of(HttpServletRequest request) {
    return cookie(request, COOKIE)
        .filter(value -> FORM.matcher(value).matches())
        .map(VisitorId::new)
        .orElse(null);
  }

  /** The caller as a visitor: one without a key and a cookie becomes a new one. */
  public static Caller visiting(Caller caller) {
    if (!caller.owner().shared() || caller.visitor() != null) {
      return caller;
    }
    byte[] random = new byte[16];
    RANDOM.nextBytes(random);
    VisitorId visitor = new VisitorId(HexFormat.of().formatHex(random));
    return new Caller(caller.owner(), caller.client(), visitor, caller.requestId());
  }

  /**
   * Gives a new visitor its cookie with the answer: once it has begun something to come back to.
   */
  public static void remember(
      Caller visiting, HttpServletRequest request, HttpServletResponse response) {
    VisitorId visitor = visiting.visitor();
    if (visitor != null && !visitor.equals(of(request))) {
      setCookie(request, response, COOKIE, visitor.value());
    }
  }

  /** The value of a cookie. */
  public static Optional<String> cookie(HttpServletRequest request, String name) {
    Cookie[] cookies = request.getCookies();
    return cookies == null
        ? Optional.empty()
        : Arrays.stream(cookies)
            .filter(cookie -> cookie.getName().equals(name))
            .map(Cookie::getValue)
            .findFirst();
  }

  /** Sets a cookie that scripts and other sites cannot use. */
  public static void setCookie(
      HttpServletRequest request, HttpServletResponse response, String name, String value) {
    ResponseCookie cookie =
        ResponseCookie.from(name, value)
            .httpOnly(true)
            .sameSite("Lax")
            .secure(request.isSecure())
            .path("/")
            .maxAge(REMEMBERED)
            .build();
    response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
  }
}
