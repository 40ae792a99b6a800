package dev.groqchat.application.port.in;

import dev.groqchat.domain.turn.TurnId;

/** Stops a turn. */
public interface StopTurn {
  /**
   * Stops a turn and waits a moment for the model to be told. Idempotent: of a turn that has ended,
   * says how.
   *
   * @throws dev.groqchat.domain.failure.ChatException {@link
   *     dev.groqchat.domain.failure.Failure.NotFound}
   */
  Receipt stop(Caller caller, TurnRef turn) throws InterruptedException;

  /**
   * How a turn was left.
   *
   * @param status its state's word
   * @param lastSeq the number of its last event
   * @param textLength code points of the reply that are kept
   * @param upstreamClosed whether nothing is open towards the model any more
   */
  record Receipt(
      TurnId turn, String status, long lastSeq, int textLength, boolean upstreamClosed) {}
}
