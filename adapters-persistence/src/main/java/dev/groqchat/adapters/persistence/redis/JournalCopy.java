package dev.groqchat.adapters.persistence.redis;

import dev.groqchat.adapters.persistence.memory.Journal;
import dev.groqchat.adapters.persistence.redis.JournalBatch.Outcome;
import dev.groqchat.application.port.out.TurnJournal.Progress;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.turn.NumberedEvent;
import dev.groqchat.domain.turn.TurnEvent;
import dev.groqchat.domain.turn.TurnId;
import java.util.List;
import java.util.stream.Stream;

/**
 * What Redis has of a journal that this instance writes. It follows the local journal like any
 * other follower: what Redis lacks is what comes after the last number that it is known to have,
 * whatever the reason. So there is no second buffer to be bounded, and where Redis was away, or has
 * lost what it had, nothing to do but to go on. For one thread at a time.
 */
final class JournalCopy {
  /** Events of a batch. */
  static final int MOST_AT_ONCE = 1_000;

  private final TurnId turn;
  private final Journal journal;
  private final SharedJournals shared;
  private long written;
  private long trimmed;
  private volatile boolean watched;

  /** A copy that is complete so far. */
  JournalCopy(TurnId turn, Journal journal, SharedJournals shared) {
    this.turn = turn;
    this.journal = journal;
    this.shared = shared;
    this.written = journal.last();
  }

  /** What a step has led to. */
  enum Step {
    /** Something was written, or understood: there may be more to write. */
    MORE,
    /** Redis has it all. */
    ALL,
    /** Redis has it all, the ending too; or the journal is no longer kept here. */
    OVER,
    /** Another instance has become the writer. */
    CLAIMED
  }

  /** Up to which number Redis is known to have it. */
  long written() {
    return written;
  }

  /** Whether others watched it when something was written last. From any thread. */
  boolean watched() {
    return watched;
  }

  /**
   * Writes one batch of what Redis lacks.
   *
   * @param more what comes after the journal's last event, but is not in it yet
   * @throws ChatException {@link Failure.StoreUnavailable}
   */
  Step write(List<TurnEvent> more) {
    if (journal.isForgotten()) {
      return Step.OVER;
    }
    JournalBatch batch = batch(journal.backlog(written, trimmed, MOST_AT_ONCE), more);
    return batch.events().isEmpty() ? Step.ALL : understood(batch, shared.append(turn, batch));
  }

  private JournalBatch batch(Journal.Backlog backlog, List<TurnEvent> more) {
    Progress before = backlog.before();
    long previous = before == null ? written : Math.max(written, before.lastSeq());
    List<TurnEvent> events = backlog.events().stream().map(NumberedEvent::event).toList();
    boolean reachesTheEnd = previous + events.size() == backlog.last();
    return new JournalBatch(
        before,
        previous,
        reachesTheEnd ? Stream.concat(events.stream(), more.stream()).toList() : events);
  }

  private Step understood(JournalBatch batch, Outcome outcome) {
    return switch (outcome.result()) {
      case WRITTEN -> {
        written = batch.last();
        trimmed = batch.before() == null ? trimmed : batch.before().lastSeq();
        watched = outcome.watched();
        yield batch.ends() ? Step.OVER : Step.MORE;
      }
      case ELSEWHERE -> {
        written = outcome.last();
        yield Step.MORE;
      }
      case ABSENT -> {
        // Redis has lost it. If somebody else is quicker now, the next batch is refused.
        boolean _ = shared.open(turn);
        written = 0;
        trimmed = 0;
        yield Step.MORE;
      }
      case ENDED -> Step.OVER; // By a call of ours whose answer did not come in time.
      case CLAIMED -> Step.CLAIMED;
    };
  }
}
