package dev.groqchat.adapters.socketio;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Tells what a client without an API key is called, for limits and fairness: by where it comes
 * from. Asked, not answered, by this module: a client has one name on all surfaces, and whoever
 * puts the service together says which.
 */
@FunctionalInterface
public interface ClientNames {
  /** Quick, in the request's own thread. */
  String nameOf(HttpServletRequest request);
}
