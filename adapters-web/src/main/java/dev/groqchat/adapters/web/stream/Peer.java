package dev.groqchat.adapters.web.stream;

import jakarta.servlet.http.HttpServletRequest;

/**
 * The other end of a request's connection. To be asked once the request's body has been read to its
 * end, and by nobody but who answers it.
 */
@FunctionalInterface
public interface Peer {
  /** The request's attribute that a container leaves its {@link Peer} in. */
  String ATTRIBUTE = "dev.groqchat.peer";

  /** The status of an answer that nobody waits for, as nginx has it in its logs. */
  int LEFT = 499;

  /** Whether it has hung up, as far as can be seen without sending anything. Does not block. */
  boolean gone();

  /** Who has sent a request. In a container that cannot tell, nobody is ever seen to be gone. */
  static Peer of(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof Peer known ? known : () -> false;
  }
}
