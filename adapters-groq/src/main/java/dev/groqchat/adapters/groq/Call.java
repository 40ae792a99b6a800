package dev.groqchat.adapters.groq;

import org.apache.hc.core5.concurrent.Cancellable;
import org.jspecify.annotations.Nullable;

/**
 * A question on its way, from before there is a connection to the reply's last byte. Whoever waits
 * for it can leave at any moment: nothing is left open then. Thread-safe.
 */
final class Call {
  /** The one that a request belongs to, on the thread that sends it. */
  static final ScopedValue<Call> CURRENT = ScopedValue.newInstance();

  private @Nullable Cancellable request;
  private boolean cut;

  /** Its request, before that is sent. */
  void sends(Cancellable made) {
    boolean late;
    synchronized (this) {
      request = made;
      late = cut;
    }
    if (late) {
      made.cancel();
    }
  }

  /**
   * Breaks it off: closes its connection at once, without reading the rest, unless the reply was
   * read to its end, with which the connection has become free for others. Idempotent.
   */
  void cut() {
    Cancellable sent;
    synchronized (this) {
      cut = true;
      sent = request;
    }
    if (sent != null) {
      sent.cancel();
    }
  }
}
