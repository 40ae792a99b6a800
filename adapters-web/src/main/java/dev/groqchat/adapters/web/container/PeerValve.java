package dev.groqchat.adapters.web.container;

import dev.groqchat.adapters.web.stream.Peer;
import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/**
 * Leaves a {@link Peer} with every request. A client that hangs up leaves an end of file behind its
 * request, which only a read can see: Tomcat does one that does not block when it is asked how much
 * there is. Like nginx and Go's server, this takes a client that closes only its own direction for
 * gone.
 */
final class PeerValve extends ValveBase {
  /** What Tomcat says for a connection that cannot be read, and also of a single byte. */
  private static final int BROKEN = 1;

  PeerValve() {
    super(true);
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    org.apache.coyote.Request connection = request.getCoyoteRequest();
    Peer peer = () -> broken(connection);
    request.setAttribute(Peer.ATTRIBUTE, peer);
    getNext().invoke(request, response);
  }

  private static boolean broken(org.apache.coyote.Request connection) {
    // A byte that has come is there without another read, too.
    return available(connection, true) == BROKEN && available(connection, false) == 0;
  }

  private static int available(org.apache.coyote.Request connection, boolean read) {
    connection.action(ActionCode.AVAILABLE, read);
    return connection.getAvailable();
  }
}
