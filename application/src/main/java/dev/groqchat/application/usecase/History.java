package dev.groqchat.application.usecase;

import dev.groqchat.application.port.out.TurnStore;
import dev.groqchat.domain.turn.Turn;
import dev.groqchat.domain.turn.TurnId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads back from a turn to what it builds on. */
final class History {
  /** A conversation in which so many pages hold nothing of use is not read further. */
  private static final int MOST_PAGES = 10;

  /** However little is wanted, there may be failed turns to look past. */
  private static final int SMALLEST_PAGE = 20;

  private final TurnStore turns;

  History(TurnStore turns) {
    this.turns = turns;
  }

  /**
   * The newest earlier turns that this one may build on, oldest first: they have a text, and no
   * later one took their place by trying them again.
   *
   * @param most how many at most; 0 gives none
   */
  List<Turn> before(Turn turn, int most) {
    List<Turn> found = new ArrayList<>();
    Set<TurnId> replaced = new HashSet<>();
    if (turn.retryOf() != null) {
      replaced.add(turn.retryOf());
    }
    TurnId cursor = turn.id();
    int pageSize = Math.max(most, SMALLEST_PAGE);
    for (int page = 0; page < MOST_PAGES && found.size() < most; page++) {
      List<Turn> earlier = turns.before(turn.conversation(), cursor, pageSize);
      if (earlier.isEmpty()) {
        break;
      }
      collect(earlier, found, replaced);
      cursor = earlier.getLast().id();
    }
    return found.subList(0, Math.min(most, found.size())).reversed();
  }

  private static void collect(List<Turn> newestFirst, List<Turn> found, Set<TurnId> replaced) {
    for (Turn earlier : newestFirst) {
      boolean usable = earlier.exchange().isPresent();
      TurnId retried = earlier.retryOf();
      // A later retry of the same turn takes the place of an earlier one, too.
      boolean taken =
          replaced.contains(earlier.id()) || (retried != null && replaced.contains(retried));
      if (retried != null && (usable || taken)) {
        replaced.add(retried);
      }
      if (usable && !taken) {
        found.add(earlier);
      }
    }
  }
}
