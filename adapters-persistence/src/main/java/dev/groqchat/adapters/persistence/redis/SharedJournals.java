package dev.groqchat.adapters.persistence.redis;

import dev.groqchat.application.port.out.TurnJournal.Progress;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.turn.TurnEvent;
import dev.groqchat.domain.turn.TurnId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

  /** What is read at once: entries, of {@link Publication#MOST_AT_ONCE} events at most. */
  private static final int MOST_ENTRIES = 32;

  private static final String CHANNEL = "groqchat:journals:";
  private static final String BEGINNING = "0";

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

  /**
   * What is to be written at once.
   *
   * @param before stands for all events before that are no longer kept; null if that is known
   * @param previous the number before the first event
   * @param events not empty
   */
  record Batch(@Nullable Progress before, long previous, List<TurnEvent> events) {
    long last() {
      return previous + events.size();
    }

    boolean ends() {
      return events.getLast() instanceof TurnEvent.Ending;
    }
  }

  /**
   * What became of it.
   *
   * @param last the number of the journal's last event
   * @param watched whether other instances watch it
   */
  record Outcome(Result result, long last, boolean watched) {}

  /** What may become of a batch. */
  enum Result {
    WRITTEN,
    /** Nothing was written: the journal's end is elsewhere. */
    ELSEWHERE,
    /** There is no such journal (any more). */
    ABSENT,
    /** Another instance is the writer now. */
    CLAIMED,
    /** The ending is there already. */
    ENDED
  }

  Outcome append(TurnId turn, Batch batch) {
    Progress before = batch.before();
    List<Object> outcome =
        gate.run(
            APPEND,
            keys(turn),
            instance,
            "" + batch.previous(),
            "" + batch.last(),
            DomainJson.write(Events.class, new Events(batch.events())),
            batch.ends() ? "1" : "0",
            millis(batch.ends() ? retention : WHILE_RUNNING),
            before == null ? "0" : "" + before.lastSeq(),
            before == null ? "" : DomainJson.write(Progress.class, before),
            instance,
            CHANNEL,
            turn.toString());
    Result result = Result.valueOf(((String) outcome.get(0)).toUpperCase(Locale.ROOT));
    return new Outcome(result, (long) outcome.get(1), (long) outcome.get(2) > 0);
  }

  /** Events as they are kept. */
  private record Events(List<TurnEvent> events) {}

  /**
   * How far a reader has come.
   *
   * @param entry the last entry it has seen
   * @param last the number of the last event it has
   */
  record Place(String entry, long last) {
    static final Place START = new Place(BEGINNING, 0);
  }

  /**
   * What there is after a place.
   *
   * @param before stands for events that are no longer kept; null if the reader lacks none
   * @param full whether there may be more
   */
  record Part(@Nullable Progress before, List<Entry> entries, boolean full) {}

  /**
   * Some events, or the sign that another writer goes on after those before.
   *
   * @param last the number of the last event
   * @param events none if it is the sign
   */
  record Entry(String id, long last, List<TurnEvent> events) {}

  /**
   * What there is after a place.
   *
   * @param watcher who wants to be told of what comes later: see {@link #watcher}; null for nobody
   * @return empty if there is no such journal
   */
  Optional<Part> read(TurnId turn, Place place, @Nullable String watcher) {
    List<Object> found =
        gate.run(
            READ,
            keys(turn),
            watcher == null ? "" : watcher,
            millis(WATCH),
            place.entry(),
            "" + place.last(),
            "" + MOST_ENTRIES);
    return found.isEmpty() ? Optional.empty() : Optional.of(part(found));
  }

  private static Part part(List<Object> found) {
    String said = (String) found.get(1);
    List<Entry> entries = new ArrayList<>();
    for (Object each : (List<?>) found.get(2)) {
      List<?> pair = (List<?>) each;
      entries.add(entry((String) pair.get(0), (String) pair.get(1)));
    }
    return new Part(
        said.isEmpty() ? null : DomainJson.read(Progress.class, said),
        entries,
        entries.size() == MOST_ENTRIES);
  }

  private static Entry entry(String id, String events) {
    long last = Long.parseLong(id.substring(0, id.indexOf('-')));
    return new Entry(
        id, last, events.isEmpty() ? List.of() : DomainJson.read(Events.class, events).events());
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
