package dev.groqchat.adapters.web.websocket;

/** What one surface does with one socket. */
interface Talk {
  /**
   * A message of the client, whole. In the container's thread, which reads no further until this
   * returns: messages come in order. Throws nothing for what the client did wrong.
   */
  void text(String message);

  /** A message that is not text. In the same thread. */
  void binary();

  /**
   * This instance is going away: tell the client, and close the socket as soon as nothing is under
   * way any more. From any thread, once.
   */
  void drain();

  /** The socket is closed: leaves everything that is followed. From any thread. Idempotent. */
  void left();
}
