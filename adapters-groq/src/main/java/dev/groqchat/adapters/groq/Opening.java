package dev.groqchat.adapters.groq;

import dev.groqchat.application.port.out.ReplyStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
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
    return new Lasting<>(subscriber);
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

  /**
   * Ends a body whose connection breaks. Java's own would forget what has come and was not read
   * yet, which are tokens that somebody waits for. That a reply lacks its end shows all the same.
   */
  private record Lasting<T>(BodySubscriber<T> subscriber) implements BodySubscriber<T> {
    @Override
    public CompletionStage<T> getBody() {
      return subscriber.getBody();
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscriber.onSubscribe(subscription);
    }

    @Override
    public void onNext(List<ByteBuffer> bytes) {
      subscriber.onNext(bytes);
    }

    @Override
    public void onError(Throwable broken) {
      subscriber.onComplete();
    }

    @Override
    public void onComplete() {
      subscriber.onComplete();
    }
  }
}
