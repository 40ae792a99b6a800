package dev.groqchat.adapters.persistence.memory;

import dev.groqchat.application.port.Following;
import dev.groqchat.application.port.out.TurnJournal;
import dev.groqchat.domain.turn.TurnEvent;
import dev.groqchat.domain.turn.TurnId;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Journals in memory alone: see {@link LocalJournals} for how long. */
final class MemoryTurnJournal implements TurnJournal {
  private final LocalJournals journals;

  MemoryTurnJournal(MemoryLimits limits, InstantSource clock) {
    this.journals = new LocalJournals(limits, clock);
  }

  /** What all take together. */
  long bytes() {
    return journals.bytes();
  }

  @Override
  public void open(TurnId turn) {
    Journal _ = journals.open(turn);
  }

  @Override
  public long append(TurnId turn, List<TurnEvent> events) {
    LocalJournals.requireProper(events);
    Journal journal =
        journals
            .kept(turn)
            .orElseThrow(() -> new IllegalStateException("no journal was opened for " + turn));
    return journals.append(journal, events);
  }

  @Override
  public Optional<Following> follow(TurnId turn, long after) {
    if (after < 0) {
      throw new IllegalArgumentException("events are numbered from 1: " + after);
    }
    return journals.find(turn).map(journal -> journal.follow(after));
  }

  @Override
  public boolean followedElsewhere(TurnId turn) {
    return false;
  }

  @Override
  public Optional<Progress> progress(TurnId turn) {
    return journals.find(turn).map(Journal::progress);
  }
}
