package dev.groqchat.domain.turn;

import dev.groqchat.domain.conversation.ConversationId;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.model.ModelId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A fact of a turn. Exactly one {@link Ending} ends it. */
public sealed interface TurnEvent {
  /**
   * The turn waits.
   *
   * @param position 1 for the next to go
   * @param eta how long it may still take; an estimate
   */
  record Queued(int position, Duration eta) implements TurnEvent {
    public Queued {
      if (position < 1) {
        throw new IllegalArgumentException("positions begin at 1: " + position);
      }
    }
  }

  /**
   * The model has begun to answer.
   *
   * @param model that answers, which need not be the one that was asked for
   * @param reuse null if a reply that was made before would not have done
   */
  record Started(TurnId turn, ConversationId conversation, ModelId model, @Nullable Reuse reuse)
      implements TurnEvent {}

  /** A further piece of what the model thinks; never empty. */
  record Reasoning(String text) implements TurnEvent {}

  /** A further piece of the reply; never empty. */
  record Delta(String text) implements TurnEvent {}

  /**
   * Stands, for one follower, for the events that are no longer kept. Never in a journal.
   *
   * @param text the whole reply up to here
   */
  record Gap(String text) implements TurnEvent {}

  /** The last event of a turn. */
  sealed interface Ending extends TurnEvent {}

  /** The reply is whole. */
  record Finished(FinishReason reason, Usage usage, TextDigest digest, Timings timings)
      implements Ending {}

  /**
   * The turn was stopped before its end.
   *
   * @param textLength code points of the reply that are kept
   * @param upstreamClosed whether the model has been told, too
   */
  record Stopped(int textLength, boolean upstreamClosed) implements Ending {}

  /** The turn failed; the text so far is kept. */
  record Failed(Failure failure) implements Ending {}
}
