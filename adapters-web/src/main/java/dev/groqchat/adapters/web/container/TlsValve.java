package dev.groqchat.adapters.web.container;

import dev.groqchat.adapters.web.network.Addresses;
import dev.groqchat.adapters.web.network.TrustedProxies;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * Takes a trusted proxy's word that a request came to it by TLS: then cookies are for TLS alone.
 * Anybody else's word could keep a browser from ever sending its cookie again.
 */
final class TlsValve extends ValveBase {
  private static final String FORWARDED_PROTO = "X-Forwarded-Proto";

  private final TrustedProxies proxies;

  TlsValve(TrustedProxies proxies) {
    super(true);
    this.proxies = proxies;
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    if (byTls(request) && fromProxy(request)) {
      request.setSecure(true);
    }
    getNext().invoke(request, response);
  }

  /** As far as all proxies on the way tell. */
  private static boolean byTls(Request request) {
    List<String> told = Collections.list(request.getHeaders(FORWARDED_PROTO));
    return !told.isEmpty()
        && told.stream()
            .flatMap(value -> List.of(value.split(",", -1)).stream())
            .allMatch(proto -> proto.strip().equalsIgnoreCase("https"));
  }

  private boolean fromProxy(Request request) {
    String peer = request.getRemoteAddr();
    return peer != null && Addresses.literal(peer).filter(proxies::trust).isPresent();
  }
}
