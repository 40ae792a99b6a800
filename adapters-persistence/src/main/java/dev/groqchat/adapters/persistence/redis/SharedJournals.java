package dev.groqchat.adapters.persistence.redis;

import dev.groqchat.adapters.persistence.redis.JournalBatch.Outcome;
import dev.groqchat.adapters.persistence.redis.JournalPart.Events;
import dev.groqchat.adapters.persistence.redis.JournalPart.Place;
import dev.groqchat.application.port.out.TurnJournal.Progress;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.turn.TurnId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The journals that Redis keeps: each of a turn's three keys is a hash of what is known of the
 * journal, a stream of its events in batches, and a sorted set of who watches it, by when it will
 * have left unless it says otherwise. One call is one script. All calls wait a bounded time and
 * fail with {@link Failure.StoreUnavailable}. Thread-safe.
 */
final class SharedJournals {
  /** How long a journal is kept that goes on; longer than any turn waits and runs. */
  private static final Duration WHILE_RUNNING = Duration.ofHours(24);

  /** How long an instance watches a turn if it does not say so again. */
  static final Duration WATCH = Duration.ofSeconds(15);

  /** Nobody waits for a batch; for an ending a turn does, which has nothing else to do. */
  private static final Duration PATIENCE_WITH_BATCHES = Duration.ofMillis(500);

  private static final String CHANNEL = "groqchat:journals:";

  private static final RedisScript<Long> OPEN = RedisScript.number("journal-open");
  private static final RedisScript<Long> CLAIM = RedisScript.number("journal-claim");
  private static final RedisScript<List<Object>> APPEND = RedisScript.list("journal-append");
  private static final RedisScript<List<Object>> READ = RedisScript.list("journal-read");
  private static final RedisScript<Long> WATCHED = RedisScript.number("journal-watched");

  private final AtomicLong watchers = new AtomicLong();
  private final RedisGate gate;
  private final String instance;
  private final Duration retention;

  /**
   * The journals as an instance sees them.
   *
   * @param instance its name; no other has it
   * @param retention how long a journal is kept after its ending
   */
  SharedJournals(RedisGate gate, String instance, Duration retention) {
    this.gate = gate;
    this.instance = instance;
    this.retention = retention;
  }

  /** Where this instance is told, by their turns, which of the journals it watches have news. */
  String channel() {
    return CHANNEL + instance;
  }

  /** Begins a journal to write; false if there was one. */
  boolean open(TurnId turn) {
    List<String> keys = List.of(state(turn), events(turn));
    return gate.run(OPEN, keys, instance, millis(WHILE_RUNNING)) == 1;
  }

  /**
   * Makes this instance the writer; the one before can write no more.
   *
   * @throws IllegalStateException if there is no such journal, or it has ended
   */
  void claim(TurnId turn) {
    long last = gate.run(CLAIM, keys(turn), instance, CHANNEL, turn.toString());
    if (last < 0) {
      throw new IllegalStateException(
          last == -1
              ? "no journal was opened for " + turn
              : "nothing follows the ending of " + turn);
    }
  }

  /** Whether another instance has become the writer of a journal that this one wrote. */
  boolean claimedByAnother(TurnId turn) {
    @Nullable String writer = gate.call(redis -> redis.hget(state(turn), "writer"));
    return writer != null && !writer.equals(instance);
  }

  /** Writes a batch, if it is this writer's next. */
  Outcome append(TurnId turn, JournalBatch batch) {
    Progress before = batch.before();
    List<Object> outcome =
        gate.run(
            PATIENCE_WITH_BATCHES,
            APPEND,
            keys(turn),
            instance,
            "" + batch.previous(),
            "" + batch.last(),
            Events.write(batch.events()),
            batch.ends() ? "1" : "0",
            millis(batch.ends() ? retention : WHILE_RUNNING),
            before == null ? "0" : "" + before.lastSeq(),
            before == null ? "" : DomainJson.write(Progress.class, before),
            CHANNEL,
            turn.toString());
    return Outcome.of(outcome);
  }

  /**
   * What there is after a place.
   *
   * @param watcher who wants to be told of what comes later: see {@link #watcher}; null for nobody
   * @return empty if there is no such journal
   */
  Optional<JournalPart> read(TurnId turn, Place place, @Nullable String watcher) {
    List<Object> found =
        gate.run(
            READ,
            keys(turn),
            watcher == null ? "" : watcher,
            millis(WATCH),
            place.entry(),
            "" + place.last(),
            "" + JournalPart.MOST_ENTRIES);
    return found.isEmpty() ? Optional.empty() : Optional.of(JournalPart.of(found));
  }

  /** A name under which something of this instance may watch; nobody else has it. */
  String watcher() {
    return instance + "/" + watchers.incrementAndGet();
  }

  /** Watches no more. Not waited for, and lost if Redis is away: then time does it. */
  void leave(TurnId turn, String watcher) {
    gate.send(redis -> redis.zrem(watchers(turn), watcher));
  }

  /** Whether other instances watch a journal. */
  boolean watched(TurnId turn) {
    return gate.run(WATCHED, List.of(watchers(turn)), instance) > 0;
  }

  private static List<String> keys(TurnId turn) {
    return List.of(state(turn), events(turn), watchers(turn));
  }

  private static String state(TurnId turn) {
    return "groqchat:{" + turn + "}:journal";
  }

  private static String events(TurnId turn) {
    return "groqchat:{" + turn + "}:events";
  }

  private static String watchers(TurnId turn) {
    return "groqchat:{" + turn + "}:watchers";
  }

  private static String millis(Duration duration) {
    return "" + duration.toMillis();
  }
}
