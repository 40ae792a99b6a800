package dev.groqchat.application.port.out;

import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.model.ModelId;
import dev.groqchat.domain.turn.Reuse;
import dev.groqchat.domain.turn.TurnState;
import java.time.Duration;

/** Takes note of what happens, for those who run the service. Thread-safe, quick, never fails. */
public interface Telemetry {
  void note(Fact fact);

  /** What happened. The list is closed, so that a new fact breaks every telemetry without it. */
  sealed interface Fact {
    /** A client asked for more than it may. */
    record RateLimited() implements Fact {}

    /**
     * A turn waited to be let in.
     *
     * @param admitted false if it left before, or waited for too long
     */
    record Waited(Duration time, boolean admitted) implements Fact {}

    /** A reply that was made before would have done. */
    record Asked(Reuse reuse) implements Fact {}

    /** A model did not answer, and another one was asked instead. */
    record FellBack(ModelId from, ModelId to, Failure why) implements Fact {}

    /** A turn has ended. */
    record Ended(ModelId model, TurnState.Ended end) implements Fact {}

    /** A message had to be counted, since no count was kept with it, or not for this model. */
    record Counted(boolean again) implements Fact {}
  }
}
