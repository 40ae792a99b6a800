package dev.groqchat.application.usecase;

import dev.groqchat.domain.model.ModelId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An inquiry under way, and what belongs to that. For one thread. */
final class Run {
  private final Stoppable open;
  private final Inquiry inquiry;
  private final Stopwatch stopwatch;
  private Duration waited = Duration.ZERO;
  private @Nullable ModelId served;

  Run(Stoppable open, Inquiry inquiry, Stopwatch stopwatch) {
    this.open = open;
    this.inquiry = inquiry;
    this.stopwatch = stopwatch;
  }

  Inquiry inquiry() {
    return inquiry;
  }

  /** Waits to be let in, until that or a stop. */
  <T extends @Nullable Object> T queueing(Stoppable.Wait<T> wait) throws InterruptedException {
    return stopwatch.queueing(open, wait);
  }

  /** Waits for the model, until that or a stop. */
  <T extends @Nullable Object> T asking(Stoppable.Wait<T> wait) throws InterruptedException {
    return stopwatch.asking(open, wait);
  }

  /** Tells where it stands, amid a wait, which must not be interrupted in that. */
  void queued(int position, Duration eta) {
    open.uninterruptibly(() -> inquiry.queued(position, eta));
  }

  /** It had its turn with a model, to no avail: next time it goes first. */
  void wasServed(ModelId model) {
    served = model;
  }

  boolean servedBefore(ModelId model) {
    return model.equals(served);
  }

  /** It has waited for so long to be let in; what a model takes to answer is no such wait. */
  void waited(Duration time) {
    waited = waited.plus(time);
  }

  /** What is left of a patience after all waits so far; none left is nothing, or less. */
  Duration patience(Duration all) {
    return all.minus(waited);
  }
}
