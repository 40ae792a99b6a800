package dev.groqchat.adapters.persistence.redis;

import dev.groqchat.application.port.out.TurnJournal.Progress;
import dev.groqchat.domain.turn.TurnEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a shared journal holds after a place.
 *
 * @param before stands for events that are no longer kept; null if the reader lacks none
 * @param entries in order
 */
record JournalPart(@Nullable Progress before, List<Entry> entries) {
  /** What is read at once: entries, of {@link JournalCopy#MOST_AT_ONCE} events at most. */
  static final int MOST_ENTRIES = 32;

  /** As {@code journal-read.lua} gives it. */
  static JournalPart of(List<Object> given) {
    String said = (String) given.get(0);
    List<Entry> entries = new ArrayList<>();
    for (Object each : (List<?>) given.get(1)) {
      List<?> pair = (List<?>) each;
      entries.add(Entry.of((String) pair.get(0), (String) pair.get(1)));
    }
    return new JournalPart(said.isEmpty() ? null : DomainJson.read(Progress.class, said), entries);
  }

  /** Whether there may be more. */
  boolean full() {
    return entries.size() == MOST_ENTRIES;
  }

  /**
   * How far a reader has come.
   *
   * @param entry the last entry it has seen
   * @param last the number of the last event it has
   */
  record Place(String entry, long last) {
    /** The entry before all others. */
    static final String START = "0";
  }

  /**
   * Some events, or the sign that another writer goes on after those before.
   *
   * @param last the number of the last event
   * @param events none if it is the sign
   */
  record Entry(String id, long last, List<TurnEvent> events) {
    private static Entry of(String id, String events) {
      long last = Long.parseLong(id.substring(0, id.indexOf('-')));
      return new Entry(id, last, events.isEmpty() ? List.of() : Events.read(events));
    }

    boolean claims() {
      return events.isEmpty();
    }
  }

  /** Events as they are kept. */
  record Events(List<TurnEvent> events) {
    static String write(List<TurnEvent> events) {
      return DomainJson.write(Events.class, new Events(events));
    }

    private static List<TurnEvent> read(String json) {
      return DomainJson.read(Events.class, json).events();
    }
  }
}
