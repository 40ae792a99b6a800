package dev.groqchat.application.usecase;

import dev.groqchat.domain.turn.Turn;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A turn that runs, and what belongs to that. For the turn's thread. */
final class Run {
  private final OpenTurn open;
  private final TurnWriter writer;
  private final Stopwatch stopwatch;
  private @Nullable Instant patientUntil;

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

  /** What is left of a patience that begins when this is asked first. */
  Duration patience(Duration all, Instant now) {
    if (patientUntil == null) {
      patientUntil = now.plus(all);
    }
    return Duration.between(now, patientUntil);
  }
}
