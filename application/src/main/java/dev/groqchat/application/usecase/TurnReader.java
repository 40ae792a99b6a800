package dev.groqchat.application.usecase;

import dev.groqchat.application.port.in.Caller;
import dev.groqchat.application.port.in.ReadTurn;
import dev.groqchat.application.port.in.TurnRef;

/** Reads a turn as it stands. */
final class TurnReader implements ReadTurn {
  private final OwnedTurns owned;

  TurnReader(Ports ports) {
    this.owned = new OwnedTurns(ports);
  }

  @Override
  public View read(Caller caller, TurnRef turn) {
    return owned.view(owned.find(caller, turn));
  }
}
