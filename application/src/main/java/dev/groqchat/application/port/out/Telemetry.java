package dev.groqchat.application.port.out;

import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.model.ModelId;
import dev.groqchat.domain.traffic.ProviderLimits;
import dev.groqchat.domain.turn.Reuse;
import dev.groqchat.domain.turn.Timings;
import dev.groqchat.domain.turn.TurnState;
import dev.groqchat.domain.turn.Usage;
import java.time.Duration;

/** Takes note of what happens, for those who run the service. Thread-safe, quick, never fails. */
public interface Telemetry {
  void note(Fact fact);

  /** What happened. The list is closed, so that a new fact breaks every telemetry without it. */
  sealed interface Fact {
    /** A client asked for more than it may. */
    record RateLimited() implements Fact {}

    /**
     * A turn, or a relay, waited to be let in.
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

    /**
     * A question that was passed on has had its reply, or has not.
     *
     * @param reused whether the reply was made before, or for somebody else, who used the tokens
     */
    record Relayed(ModelId model, RelayEnd end, Timings timings, boolean reused) implements Fact {}

    /** The provider has said how much of its limits is left. */
    record Told(ModelId model, ProviderLimits limits) implements Fact {}

    /**
     * A context was put together, for which the sizes of its messages had to be known.
     *
     * @param kept of how many the size was kept with the message
     * @param counted how many had to be counted
     */
    record Sized(long kept, long counted) implements Fact {}
  }

  /** How a relay ended. */
  sealed interface RelayEnd {
    /** The reply was whole. */
    record Whole(Usage usage) implements RelayEnd {}

    /** Whoever asked left before. */
    record Left() implements RelayEnd {}

    record Failed(Failure failure) implements RelayEnd {}
  }
}
