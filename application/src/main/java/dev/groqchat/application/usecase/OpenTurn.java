package dev.groqchat.application.usecase;

import dev.groqchat.application.port.in.Caller;
import dev.groqchat.domain.turn.Turn;
import java.util.function.BooleanSupplier;

/** A turn that has not ended, on the instance that runs it. Thread-safe. */
final class OpenTurn extends Stoppable {
  private final Turn turn;
  private final Caller caller;
  private final TurnWishes.Asked asked;
  private final Attendance attendance;

  /**
   * A turn that is about to run.
   *
   * @param followedElsewhere whether another instance has followers of it
   */
  OpenTurn(
      Turn turn,
      Caller caller,
      TurnWishes.Asked asked,
      Timer timer,
      BooleanSupplier followedElsewhere) {
    this.turn = turn;
    this.caller = caller;
    this.asked = asked;
    this.attendance =
        new Attendance(turn.options().onDisconnect(), timer, followedElsewhere, this::stop);
  }

  /** The turn as it was when it was opened. */
  Turn turn() {
    return turn;
  }

  Caller caller() {
    return caller;
  }

  /** What is asked, before it is known what the model sees of it. */
  TurnWishes.Asked asked() {
    return asked;
  }

  /** Who follows it. */
  Attendance attendance() {
    return attendance;
  }
}
