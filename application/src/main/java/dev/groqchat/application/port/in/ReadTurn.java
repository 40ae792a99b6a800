package dev.groqchat.application.port.in;

import dev.groqchat.domain.turn.Turn;

/** Reads a turn as it stands. */
public interface ReadTurn {
  /**
   * A turn and its text so far.
   *
   * @throws dev.groqchat.domain.failure.ChatException {@link
   *     dev.groqchat.domain.failure.Failure.NotFound}
   */
  View read(Caller caller, TurnRef turn);

  /** A turn and how far it has come, ended or not. */
  record View(Turn turn, String text, String reasoning, long lastSeq) {}
}
