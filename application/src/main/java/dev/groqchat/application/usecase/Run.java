package dev.groqchat.application.usecase;

import dev.groqchat.domain.model.ModelId;
import dev.groqchat.domain.turn.Turn;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A turn that runs, and what belongs to that. For the turn's thread. */
final class Run {
  private final OpenTurn open;
  private final TurnWriter writer;
  private final Stopwatch stopwatch;
  private Duration waited = Duration.ZERO;
  private @Nullable ModelId served;

  Run(OpenTurn open, TurnWriter writer, Stopwatch stopwatch) {
    this.open = open;
    this.writer = writer;
    this.stopwatch = stopwatch;
  }

  OpenTurn open() {
    return open;
  }

  Turn turn() {
    return open.turn();
  }

  TurnWriter writer() {
    return writer;
  }

  Stopwatch stopwatch() {
    return stopwatch;
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
