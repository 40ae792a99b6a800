package dev.groqchat.adapters.persistence.memory;

import static java.util.Objects.requireNonNull;

import dev.groqchat.domain.turn.NumberedEvent;
import dev.groqchat.domain.turn.TurnEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The newest events of a journal, by number. A ring that grows up to a limit, until it is packed.
 */
final class KeptEvents {
  private static final int INITIAL = 16;

  private final int most;
  private @Nullable NumberedEvent[] ring;
  private @Nullable PackedEvents packed;
  private long first;
  private long last;

  /**
   * None yet.
   *
   * @param before the number before the first one
   */
  KeptEvents(int most, long before) {
    this.most = most;
    this.ring = new NumberedEvent[Math.min(INITIAL, most)];
    this.first = before + 1;
    this.last = before;
  }

  /** The number of the oldest one that is kept. */
  long first() {
    return first;
  }

  /** The number of the newest one, or of the one before the first. */
  long last() {
    return last;
  }

  /** Gives the next event its number, and drops the oldest if there is no room left for it. */
  @Nullable TurnEvent add(TurnEvent event) {
    TurnEvent dropped = null;
    if (last - first + 1 == most) {
      dropped = get(first++).event();
    } else if (last - first + 1 == ring.length) {
      grow();
    }
    last++;
    ring[place(last)] = new NumberedEvent(last, event);
    return dropped;
  }

  /** Takes the newest one back; there must be one. */
  TurnEvent takeBack() {
    TurnEvent newest = get(last).event();
    ring[place(last--)] = null;
    return newest;
  }

  /** What is kept of what comes after a number, but no more than so many. */
  List<NumberedEvent> after(long seq, int limit) {
    List<NumberedEvent> events = new ArrayList<>();
    for (long next = Math.max(seq + 1, first); next <= last && events.size() < limit; next++) {
      events.add(get(next));
    }
    return events;
  }

  /**
   * Makes them small; nothing may be added or taken back any more. There must be one.
   *
   * @param reply ends with what they say together, and does not change any more
   * @return what that saves, in bytes
   */
  long pack(KeptReply reply) {
    List<NumberedEvent> all = all();
    packed = new PackedEvents(all, reply);
    ring = new NumberedEvent[0];
    return all.stream().mapToLong(each -> Footprint.savedByPacking(each.event())).sum();
  }

  private List<NumberedEvent> all() {
    return after(0, Integer.MAX_VALUE);
  }

  private NumberedEvent get(long seq) {
    return packed == null ? requireNonNull(ring[place(seq)]) : packed.get(seq);
  }

  private int place(long seq) {
    return (int) (seq % ring.length);
  }

  private void grow() {
    List<NumberedEvent> all = all();
    ring = new NumberedEvent[(int) Math.min(2L * ring.length, most)];
    for (NumberedEvent event : all) {
      ring[place(event.seq())] = event;
    }
  }
}
