package dev.groqchat.application.port.out;

import dev.groqchat.application.port.Following;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.turn.TurnEvent;
import dev.groqchat.domain.turn.TurnId;
import java.util.List;
import java.util.Optional;

/**
 * The events of turns, kept while they run and a while longer. Each journal has one writer and any
 * number of followers, each at its own pace: a slow one holds nobody up. Thread-safe. Calls may
 * fail with {@link Failure.StoreUnavailable}.
 */
public interface TurnJournal {
  /** Begins a journal; from now on it can be followed. */
  void open(TurnId turn);

  /**
   * Adds events, numbers them from 1 without gaps, and wakes the followers.
   *
   * @param events not empty; a {@link TurnEvent.Ending} only as the last, a {@link TurnEvent.Gap}
   *     never
   * @return the number of the last one
   * @throws IllegalStateException if the journal was never opened, or after an ending
   */
  long append(TurnId turn, List<TurnEvent> events);

  /**
   * Everything after a number, then live. A follower whose number is no longer kept gets a {@link
   * TurnEvent.Gap} first.
   *
   * @param after 0 for everything; a number that is not reached yet waits for its successors
   * @return empty if the journal is no longer kept
   */
  Optional<Following> follow(TurnId turn, long after);

  /** The reply as far as it has come; empty if the journal is no longer kept. */
  Optional<Progress> progress(TurnId turn);

  /** Whether another instance has followers of this turn. */
  boolean followedElsewhere(TurnId turn);

  /** How far a turn has come. */
  record Progress(String text, String reasoning, long lastSeq) {}
}
