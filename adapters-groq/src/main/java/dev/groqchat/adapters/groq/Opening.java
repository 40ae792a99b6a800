package dev.groqchat.adapters.groq;

import dev.groqchat.application.port.out.ReplyStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A question on its way to its reply. Whoever waits for it may leave at any moment: nothing is left
 * open then, also if the reply begins at that very moment, when an interrupt or a cancelled future
 * alone would come too late to be seen. Thread-safe.
 */
final class Opening {
  /** The one that a request belongs to, on the thread that sends it. */
  static final ScopedValue<Opening> CURRENT = ScopedValue.newInstance();

  private final CompletableFuture<ReplyStream> reply = new CompletableFuture<>();
  private @Nullable InputStream body;
  private boolean abandoned;

  /** The reply, or why there is none. */
  CompletableFuture<ReplyStream> reply() {
    return reply;
  }

  /** Nobody waits for it any more. */
  void abandon() {
    InputStream begun;
    synchronized (this) {
      abandoned = true;
      begun = body;
    }
    reply.cancel(false);
    close(begun);
  }

  /** A reply's body as the HTTP client makes it, known here before anywhere else. */
  <T> BodySubscriber<T> watched(BodySubscriber<T> subscriber) {
    var _ =
        subscriber
            .getBody()
            .thenAccept(made -> {
              if (made instanceof InputStream stream) {
                began(stream);
              }
            });
    return subscriber;
  }

  private void began(InputStream stream) {
    boolean late;
    synchronized (this) {
      body = stream;
      late = abandoned;
    }
    if (late) {
      close(stream);
    }
  }

  private static void close(@Nullable InputStream stream) {
    try {
      if (stream != null) {
        stream.close();
      }
    } catch (IOException _) {
      // There is nobody left to tell.
    }
  }
}
