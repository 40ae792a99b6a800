package dev.groqchat.adapters.persistence.memory;

import dev.groqchat.application.port.Following;
import dev.groqchat.domain.turn.NumberedEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A place in a journal. Costs nothing while it is not asked. */
final class JournalFollowing implements Following {
  private final Journal journal;
  private volatile boolean closed;

  // For the follower's thread.
  private long seq;
  private int cuts;

  JournalFollowing(Journal journal, long after) {
    this.journal = journal;
    this.seq = after;
  }

  @Override
  public List<NumberedEvent> next(Duration patience) throws InterruptedException {
    return journal.await(this, TimeUnit.NANOSECONDS.convert(patience));
  }

  /** Moves on, over all the journal's cuts. */
  void moved(long to, int overCuts) {
    seq = to;
    cuts = overCuts;
  }

  /** The number of the last event that was given. */
  long seq() {
    return seq;
  }

  /** How many of the journal's cuts are known here. */
  int cuts() {
    return cuts;
  }

  boolean closed() {
    return closed;
  }

  @Override
  public boolean ended() {
    return closed || journal.over(this);
  }

  @Override
  public void close() {
    closed = true;
    journal.wake();
  }
}
