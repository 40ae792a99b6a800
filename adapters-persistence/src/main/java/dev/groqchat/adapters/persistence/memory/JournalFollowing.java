package dev.groqchat.adapters.persistence.memory;

import dev.groqchat.application.port.Following;
import dev.groqchat.domain.turn.NumberedEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A place in a journal. Costs nothing while it is not asked. */
final class JournalFollowing implements Following {
  private final Journal journal;
  private long seq;
  private volatile boolean closed;

  JournalFollowing(Journal journal, long after) {
    this.journal = journal;
    this.seq = after;
  }

  @Override
  public List<NumberedEvent> next(Duration patience) throws InterruptedException {
    List<NumberedEvent> events =
        journal.awaitAfter(seq, TimeUnit.NANOSECONDS.convert(patience), () -> closed);
    if (!events.isEmpty()) {
      seq = events.getLast().seq();
    }
    return events;
  }

  @Override
  public boolean ended() {
    return closed || journal.over(seq);
  }

  @Override
  public void close() {
    closed = true;
    journal.wake();
  }
}
