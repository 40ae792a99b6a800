package dev.groqchat.adapters.persistence.memory;

import dev.groqchat.application.port.Following;
import dev.groqchat.bench.pieces.Piece;
import dev.groqchat.domain.turn.TurnEvent;
import dev.groqchat.domain.turn.TurnId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;

/** One event's share of the journal of a reply of 500. */
public class JournalBenchmark extends Piece {
  private static final int EVENTS = 500;
  private static final int BATCH = 10;

  /** As the service has it. */
  private static final int MOST_EVENTS = 100_000;

  private static final TurnEvent DELTA = new TurnEvent.Delta(" token");
  private static final List<TurnEvent> ONE = List.of(DELTA);
  private static final List<TurnEvent> TEN = Collections.nCopies(BATCH, DELTA);

  private final TurnId turn = new TurnId(new UUID(7, 7));
  private final AtomicLong bytes = new AtomicLong();
  private final Instant now = Instant.EPOCH;
  private final Journal full = new Journal(turn, MOST_EVENTS, bytes);

  @Setup
  public void check() throws InterruptedException {
    append(full, TEN);
    for (Journal journal : List.of(full, appendOneByOne(), appendByTen())) {
      require((long) EVENTS, journal.last());
      require(" token".repeat(EVENTS), journal.progress().text());
    }
    require((long) EVENTS, followWhole());
    require((long) EVENTS, followLive());
  }

  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public Journal appendOneByOne() {
    return append(new Journal(turn, MOST_EVENTS, bytes), ONE);
  }

  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public Journal appendByTen() {
    return append(new Journal(turn, MOST_EVENTS, bytes), TEN);
  }

  private Journal append(Journal journal, List<TurnEvent> batch) {
    for (int event = 0; event < EVENTS; event += batch.size()) {
      journal.append(batch, now);
    }
    return journal;
  }

  /** Somebody who comes late. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public long followWhole() throws InterruptedException {
    try (Following following = full.follow(0)) {
      long seq = 0;
      while (seq < EVENTS) {
        seq = next(following);
      }
      return seq;
    }
  }

  /** Each event is appended, and read at once: without what it takes to wake another thread. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public long followLive() throws InterruptedException {
    Journal journal = new Journal(turn, MOST_EVENTS, bytes);
    try (Following following = journal.follow(0)) {
      long seq = 0;
      while (seq < EVENTS) {
        journal.append(ONE, now);
        seq = next(following);
      }
      return seq;
    }
  }

  private static long next(Following following) throws InterruptedException {
    return following.next(Duration.ZERO).getLast().seq();
  }
}
