package dev.groqchat.adapters.persistence.memory;

import java.util.NavigableMap;
import java.util.TreeMap;

/** The turns of a conversation that have not ended, in order. Under its conversation's lock. */
final class Line {
  private final NavigableMap<Integer, StoredTurn> byIndex = new TreeMap<>();

  boolean isEmpty() {
    return byIndex.isEmpty();
  }

  void enter(StoredTurn turn) {
    turn.ahead(byIndex.size());
    byIndex.put(turn.index(), turn);
  }

  /** Those behind move up: each will be told, so that counting them costs nothing extra. */
  void leave(StoredTurn turn) {
    if (byIndex.remove(turn.index()) == null) {
      return;
    }
    turn.ahead(0);
    for (StoredTurn behind : byIndex.tailMap(turn.index(), false).values()) {
      behind.ahead(behind.ahead() - 1);
    }
  }
}
