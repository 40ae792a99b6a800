package dev.groqchat.adapters.web.security;

import dev.groqchat.adapters.web.network.Addresses;
import dev.groqchat.adapters.web.network.TrustedProxies;
import dev.groqchat.adapters.web.settings.WebProperties;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Names clients that have no key, for limits and fairness, by where they come from. The one place
 * for all surfaces. Thread-safe.
 */
@Component
public class Clients {
  private static final String FORWARDED_FOR = "X-Forwarded-For";

  private final TrustedProxies proxies;

  Clients(WebProperties properties) {
    this.proxies = TrustedProxies.of(properties.trustedProxies());
  }

  /**
   * An IPv4 address, or the first 64 bits of an IPv6 address ({@link Addresses#counted}). Quick:
   * asks no name server.
   */
  public String of(HttpServletRequest request) {
    // Null once the connection is gone.
    String peer = Objects.requireNonNullElse(request.getRemoteAddr(), "unknown");
    Optional<InetAddress> known = Addresses.literal(peer);
    return known.map(it -> proxies.client(it, told(request))).map(Addresses::counted).orElse(peer);
  }

  private static List<String> told(HttpServletRequest request) {
    return Collections.list(request.getHeaders(FORWARDED_FOR));
  }
}
