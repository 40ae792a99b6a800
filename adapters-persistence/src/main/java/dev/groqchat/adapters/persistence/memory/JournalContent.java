package dev.groqchat.adapters.persistence.memory;

import dev.groqchat.adapters.persistence.memory.Journal.Backlog;
import dev.groqchat.application.port.out.TurnJournal.Progress;
import dev.groqchat.domain.turn.NumberedEvent;
import dev.groqchat.domain.turn.TurnEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** What a journal holds, and how much that takes. Not thread-safe. */
final class JournalContent {
  /**
   * What a follower is given at once: many times what comes while it writes, and little enough that
   * a thousand of them who are stuck with it cost little.
   */
  private static final int MOST_AT_ONCE = 128;

  private final int maxEvents;
  private final AtomicLong allBytes;
  private KeptEvents events;
  private KeptReply reply = new KeptReply();
  private Cuts cuts = Cuts.NONE;
  private long bytes;

  JournalContent(int maxEvents, AtomicLong allBytes) {
    this.maxEvents = maxEvents;
    this.allBytes = allBytes;
    this.events = new KeptEvents(maxEvents, 0);
    take(Footprint.JOURNAL);
  }

  long last() {
    return events.last();
  }

  /** The number of the last event that is no longer kept; 0 for none. */
  private long missing() {
    return events.first() - 1;
  }

  void add(TurnEvent event) {
    TurnEvent dropped = events.add(event);
    reply.add(event);
    take(Footprint.of(event) + KeptReply.bytes(event));
    if (dropped != null) {
      reply.drop(dropped);
      take(-Footprint.of(dropped));
    }
  }

  /** Makes what is kept small. Nothing may be added or cut after this. */
  void pack() {
    reply.trimToSize();
    take(-events.pack(reply));
  }

  boolean hasNews(JournalFollowing place) {
    return last() > place.seq() || inDoubt(place);
  }

  private boolean inDoubt(JournalFollowing place) {
    return cuts.doubts(place.seq(), place.cuts());
  }

  /** What comes after a place, which moves on. */
  List<NumberedEvent> next(JournalFollowing place) {
    List<NumberedEvent> given = after(place);
    if (!given.isEmpty()) {
      place.moved(given.getLast().seq(), cuts.count());
    }
    return given;
  }

  private List<NumberedEvent> after(JournalFollowing place) {
    if (inDoubt(place) && cuts.last() > missing()) {
      return afterGap(cuts.last(), reply.text(0, cuts.text()));
    }
    if (inDoubt(place) || place.seq() < missing()) {
      return afterGap(missing(), reply.droppedText());
    }
    return events.after(place.seq(), MOST_AT_ONCE);
  }

  private List<NumberedEvent> afterGap(long seq, String text) {
    List<NumberedEvent> all = new ArrayList<>();
    all.add(new NumberedEvent(seq, new TurnEvent.Gap(text)));
    all.addAll(events.after(seq, MOST_AT_ONCE));
    return all;
  }

  Progress progress() {
    return new Progress(reply.text(), reply.reasoning(), last());
  }

  /** {@link Journal#backlog}. */
  Backlog backlog(long after, long trimmed, int most) {
    boolean lacking = missing() > after || missing() - trimmed > maxEvents / 2;
    Progress before =
        lacking ? new Progress(reply.droppedText(), reply.droppedReasoning(), missing()) : null;
    return new Backlog(before, events.after(after, most), last());
  }

  /** {@link Journal#skipTo}. */
  void skipTo(Progress progress) {
    events = new KeptEvents(maxEvents, progress.lastSeq());
    reply = KeptReply.dropped(progress.text(), progress.reasoning());
    long size = Footprint.text(progress.text()) + Footprint.text(progress.reasoning());
    take(Footprint.JOURNAL + size - bytes);
  }

  boolean canCut(long after) {
    return missing() <= after && after <= last();
  }

  /** {@link Journal#cut}. */
  void cut(long after) {
    while (last() > after) {
      TurnEvent event = events.takeBack();
      reply.takeBack(event);
      take(-Footprint.of(event) - KeptReply.bytes(event));
    }
    cuts = cuts.and(after, reply.textLength());
  }

  /** Holds nothing any more. */
  void clear() {
    events = new KeptEvents(maxEvents, last());
    reply = new KeptReply();
    take(-bytes);
  }

  private void take(long more) {
    bytes += more;
    allBytes.addAndGet(more);
  }
}
