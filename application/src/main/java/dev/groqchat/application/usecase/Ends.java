package dev.groqchat.application.usecase;

import dev.groqchat.application.port.out.Instances;
import dev.groqchat.application.port.out.TurnJournal;
import dev.groqchat.application.port.out.TurnStore;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.turn.Turn;
import dev.groqchat.domain.turn.TurnId;
import dev.groqchat.domain.turn.TurnState;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Sees to it that what a turn's followers were told is stored, and the other way round: until then
 * the turn holds up its conversation. What cannot be done now is done when the stores are back.
 * Thread-safe.
 */
final class Ends {
  private static final System.Logger LOG = System.getLogger(Ends.class.getName());

  private final TurnStore turns;
  private final TurnJournal journal;
  private final Instances instances;
  private final int most;
  private final ConcurrentMap<TurnId, Turn> incomplete = new ConcurrentHashMap<>();

  /**
   * Nothing is left to do yet.
   *
   * @param most how many ends may be; what comes beyond is left to the other instances, once this
   *     one is gone
   */
  Ends(Ports ports, int most) {
    this.turns = ports.turns();
    this.journal = ports.journal();
    this.instances = ports.instances();
    this.most = most;
  }

  /**
   * Lets a turn go that has ended.
   *
   * @param complete whether its end is stored and journalled
   */
  void letGo(Turn ended, boolean complete) {
    if (!complete || !released(ended)) {
      later(ended);
    }
  }

  private void later(Turn ended) {
    if (incomplete.size() < most) {
      incomplete.put(ended.id(), ended);
    } else {
      LOG.log(System.Logger.Level.ERROR, "too many ends are incomplete: " + ended.id() + " stays");
    }
  }

  /** Does what is left to do, as far as it can be done now. */
  void tryAgain() {
    for (Turn ended : incomplete.values()) {
      if (!completed(ended)) {
        return; // What cannot be reached for one turn cannot be reached for the next.
      }
      incomplete.remove(ended.id());
    }
  }

  /** How many ends are incomplete. */
  int incomplete() {
    return incomplete.size();
  }

  /** Whether to go on. A defect ends the try for this turn alone, and for good. */
  private boolean completed(Turn ended) {
    try {
      turns.update(ended);
      tell(journal, ended);
      instances.release(ended);
      return true;
    } catch (ChatException _) {
      return false;
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "the end of turn " + ended.id() + " is given up", e);
      return true;
    }
  }

  private boolean released(Turn ended) {
    try {
      instances.release(ended);
      return true;
    } catch (RuntimeException _) {
      return false;
    }
  }

  /** Journals a stored turn's ending, unless somebody else has. */
  static void tell(TurnJournal journal, Turn ended) {
    TurnState.Ended end = (TurnState.Ended) ended.state();
    try {
      long _ = journal.append(ended.id(), List.of(end.event()));
    } catch (IllegalStateException _) {
      // It has an ending already, or is no longer kept.
    }
  }
}
