package dev.groqchat.application.usecase;

import dev.groqchat.application.port.Following;
import dev.groqchat.application.port.in.Caller;
import dev.groqchat.application.port.in.FollowTurn;
import dev.groqchat.application.port.in.TurnRef;
import dev.groqchat.application.port.out.TurnJournal;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.turn.Turn;
import dev.groqchat.domain.turn.TurnState;

/** Follows a turn: in its journal, or, once that is gone, in what the store has kept. */
final class TurnFollower implements FollowTurn {
  private final OwnedTurns owned;
  private final TurnJournal journal;
  private final OpenTurns open;

  TurnFollower(Ports ports, OpenTurns open) {
    this.owned = new OwnedTurns(ports);
    this.journal = ports.journal();
    this.open = open;
  }

  @Override
  public Following follow(Caller caller, TurnRef ref, long after) {
    if (after < 0) {
      throw ChatException.invalid("after", "after cannot be negative");
    }
    Turn turn = owned.find(caller, ref);
    return journal
        .follow(turn.id(), after)
        .map(following -> open.attended(turn.id(), following))
        .orElseGet(() -> kept(turn, after));
  }

  private static Following kept(Turn turn, long after) {
    if (turn.state() instanceof TurnState.Ended end) {
      return new EndedFollowing(end, after);
    }
    throw new ChatException(new Failure.NotFound("turn"));
  }
}
