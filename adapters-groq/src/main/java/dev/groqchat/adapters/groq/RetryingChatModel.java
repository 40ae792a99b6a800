package dev.groqchat.adapters.groq;

import dev.groqchat.application.port.out.ChatModel;
import dev.groqchat.application.port.out.ReplyStream;
import dev.groqchat.domain.failure.ChatException;
import io.github.resilience4j.retry.Retry;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Asks again where that may help, and only before anything of the reply was seen. All attempts and
 * the pauses between them share the limits of time that one alone would have. Thread-safe.
 */
final class RetryingChatModel implements ChatModel {
  private final ChatModel model;
  private final Retry retry;
  private final Duration atMost;
  private final LongSupplier nanos;
  private final Pause pause;

  /**
   * Over a model.
   *
   * @param retry what is asked again, when and how often
   * @param atMost how long after the question it may be asked again
   * @param nanos as {@link System#nanoTime()}
   */
  RetryingChatModel(
      ChatModel model, Retry retry, Duration atMost, LongSupplier nanos, Pause pause) {
    this.model = model;
    this.retry = retry;
    this.atMost = atMost;
    this.nanos = nanos;
    this.pause = pause;
  }

  /** Waits. */
  @FunctionalInterface
  interface Pause {
    void last(Duration time) throws InterruptedException;
  }

  @Override
  public ReplyStream answer(Question question) throws InterruptedException {
    return ScopedValue.where(Asked.AT, nanos.getAsLong())
        .<ReplyStream, InterruptedException>call(() -> untilItAnswers(question));
  }

  /** Waits by itself: Resilience4j's own wait would swallow an interrupt. */
  private ReplyStream untilItAnswers(Question question) throws InterruptedException {
    Retry.AsyncContext<ReplyStream> attempts = retry.asyncContext();
    while (true) {
      try {
        ReplyStream reply = model.answer(question);
        attempts.onComplete();
        return reply;
      } catch (ChatException e) {
        Duration wait = Duration.ofMillis(attempts.onError(e));
        if (wait.isNegative() || left().compareTo(wait) <= 0) {
          throw e;
        }
        pause.last(wait);
      }
    }
  }

  private Duration left() {
    return atMost.minusNanos(nanos.getAsLong() - Asked.since());
  }
}
