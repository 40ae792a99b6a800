package dev.groqchat.domain.turn;

import dev.groqchat.domain.failure.Failure;

/** How far a turn has come, and what is known then. */
public sealed interface TurnState {
  /** The word for it that clients see. */
  default String word() {
    return switch (this) {
      case Queued _ -> "queued";
      case Running _ -> "running";
      case Finished _ -> "finished";
      case Stopped _ -> "stopped";
      case Failed _ -> "failed";
    };
  }

  /** Waits for its turn. */
  record Queued() implements TurnState {}

  /** The model is being asked, or answers. */
  record Running() implements TurnState {}

  /** It is over, and will not change. */
  sealed interface Ended extends TurnState {
    Reply reply();

    Timings timings();

    /** The number of its last event. */
    long lastSeq();

    /** The event that tells followers of this end. */
    default TurnEvent.Ending event() {
      TextDigest digest = TextDigest.of(reply().text());
      return switch (this) {
        case Finished end ->
            new TurnEvent.Finished(end.reason(), end.usage(), digest, end.timings());
        case Stopped end -> new TurnEvent.Stopped(digest.length(), end.upstreamClosed());
        case Failed end -> new TurnEvent.Failed(end.failure());
      };
    }
  }

  record Finished(Reply reply, FinishReason reason, Usage usage, Timings timings, long lastSeq)
      implements Ended {}

  /** Stopped by a client, or because nobody followed any more. */
  record Stopped(Reply reply, boolean upstreamClosed, Timings timings, long lastSeq)
      implements Ended {}

  record Failed(Reply reply, Failure failure, Timings timings, long lastSeq) implements Ended {}
}
