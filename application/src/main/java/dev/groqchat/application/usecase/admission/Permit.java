package dev.groqchat.application.usecase.admission;

import dev.groqchat.domain.traffic.ModelBudget;
import dev.groqchat.domain.traffic.ProviderLimits;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/**
 * The leave to ask a model once. To be closed when the reply has been read; what was taken of the
 * provider's budget goes back then, unless it was said what became of it. Thread-safe.
 */
public final class Permit implements AutoCloseable {
  private final FairQueue queue;
  private final Wish wish;
  private final boolean tracked;
  private final AtomicBoolean settled = new AtomicBoolean();
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile boolean used;

  Permit(FairQueue queue, Wish wish, boolean tracked) {
    this.queue = queue;
    this.wish = wish;
    this.tracked = tracked;
  }

  /** The provider is about to be asked. */
  public void use() {
    used = true;
  }

  /** The provider has answered, and said how it stands. */
  public void answered(ProviderLimits limits) {
    if (tracked || !limits.equals(ProviderLimits.UNSAID)) {
      settle(it -> it.answered(queue.now(), wish.id(), limits));
    }
    settled.set(true);
  }

  /** The provider has refused because of its limits; gives the permit back, too. */
  public void refused(Duration retryAfter) {
    settled.set(true);
    queue.note(wish.model(), it -> it.refused(queue.now(), wish.id(), retryAfter));
    close();
  }

  /**
   * Nobody waits for the answer any more, but the provider may have counted the question, if it was
   * asked.
   */
  public void lost() {
    if (tracked && used) {
      settle(it -> it.lost(wish.id()));
    }
  }

  private void settle(UnaryOperator<ModelBudget> change) {
    if (!settled.getAndSet(true)) {
      queue.note(wish.model(), change);
    }
  }

  @Override
  public void close() {
    if (!closed.getAndSet(true)) {
      if (tracked) {
        settle(it -> it.released(wish.id()));
      }
      queue.free(this);
    }
  }
}
