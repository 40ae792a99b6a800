package dev.groqchat.adapters.persistence.memory;

import dev.groqchat.domain.turn.Turn;

/** A turn and its place. Written under its conversation's lock; {@link #turn()} needs none. */
final class StoredTurn {
  private final StoredConversation conversation;
  private final int index;
  private volatile Turn turn;
  private int ahead;

  StoredTurn(StoredConversation conversation, int index, Turn turn) {
    this.conversation = conversation;
    this.index = index;
    this.turn = turn;
  }

  StoredConversation conversation() {
    return conversation;
  }

  /** How many turns of its conversation were added before it. */
  int index() {
    return index;
  }

  Turn turn() {
    return turn;
  }

  void replace(Turn newer) {
    turn = newer;
  }

  /** How many are before it in the line; 0 if it is not in the line. */
  int ahead() {
    return ahead;
  }

  void ahead(int turns) {
    ahead = turns;
  }
}
