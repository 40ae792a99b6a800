package dev.groqchat.adapters.persistence.redis;

import dev.groqchat.application.port.out.TurnJournal.Progress;
import dev.groqchat.domain.turn.TurnEvent;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is to be written to a shared journal at once.
 *
 * @param before stands for all events before that are not to be kept; null if none went
 * @param previous the number before the first event
 * @param events not empty
 */
record JournalBatch(@Nullable Progress before, long previous, List<TurnEvent> events) {
  long last() {
    return previous + events.size();
  }

  boolean ends() {
    return events.getLast() instanceof TurnEvent.Ending;
  }

  /**
   * What became of it.
   *
   * @param last the number of the journal's last event
   * @param watched whether other instances watch it
   */
  record Outcome(Result result, long last, boolean watched) {
    /** As {@code journal-append.lua} gives it. */
    static Outcome of(List<Object> given) {
      Result result = Result.valueOf(((String) given.get(0)).toUpperCase(Locale.ROOT));
      return new Outcome(result, (long) given.get(1), (long) given.get(2) > 0);
    }
  }

  /** What may become of a batch. */
  enum Result {
    WRITTEN,
    /** Nothing was written: the journal's last event is another one. */
    ELSEWHERE,
    /** There is no such journal, or no longer. */
    ABSENT,
    /** Another instance is the writer now. */
    CLAIMED,
    /** The ending is there already. */
    ENDED
  }
}
