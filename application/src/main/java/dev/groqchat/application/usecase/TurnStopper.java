package dev.groqchat.application.usecase;

import dev.groqchat.application.port.in.Caller;
import dev.groqchat.application.port.in.ReadTurn;
import dev.groqchat.application.port.in.StopTurn;
import dev.groqchat.application.port.in.TurnRef;
import dev.groqchat.domain.turn.Turn;
import dev.groqchat.domain.turn.TurnState;
import java.time.Duration;
import java.util.Optional;

/** Stops a turn from anywhere. */
final class TurnStopper implements StopTurn {
  /** How long a stop waits for the model's connection to be closed. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final OwnedTurns owned;
  private final OpenTurns open;

  TurnStopper(Ports ports, OpenTurns open) {
    this.owned = new OwnedTurns(ports);
    this.open = open;
  }

  @Override
  public Receipt stop(Caller caller, TurnRef ref) throws InterruptedException {
    Turn turn = owned.find(caller, ref);
    Optional<OpenTurn> running = open.find(turn.id());
    if (running.isPresent()) {
      running.get().stop();
      running.get().awaitOver(PATIENCE);
    }
    return receipt(owned.view(owned.find(caller, ref)));
  }

  private static Receipt receipt(ReadTurn.View view) {
    String text = view.text();
    TurnState state = view.turn().state();
    boolean closed =
        state instanceof TurnState.Stopped stopped
            ? stopped.upstreamClosed()
            : state instanceof TurnState.Ended;
    int length = text.codePointCount(0, text.length());
    return new Receipt(view.turn().id(), state.word(), view.lastSeq(), length, closed);
  }
}
