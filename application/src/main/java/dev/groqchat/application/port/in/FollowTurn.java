package dev.groqchat.application.port.in;

import dev.groqchat.application.port.Following;

/** Follows a turn from any event, live or later. */
public interface FollowTurn {
  /**
   * What follows an event. The caller closes it.
   *
   * @param after the number of the last event that is known; 0 for all
   * @throws dev.groqchat.domain.failure.ChatException {@link
   *     dev.groqchat.domain.failure.Failure.NotFound}
   */
  Following follow(Caller caller, TurnRef turn, long after);
}
