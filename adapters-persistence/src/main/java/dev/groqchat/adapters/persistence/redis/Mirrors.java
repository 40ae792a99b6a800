package dev.groqchat.adapters.persistence.redis;

import dev.groqchat.adapters.persistence.memory.Journal;
import dev.groqchat.application.port.Following;
import dev.groqchat.application.port.out.TurnJournal.Progress;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.turn.TurnId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The journals of other instances that somebody follows here: each is read from Redis once,
 * whatever the number of its followers, and no longer when the last one has left. Thread-safe.
 */
final class Mirrors implements AutoCloseable {
  /** What a client should wait for which there was no room. */
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final Map<TurnId, Followed> mirrors = new ConcurrentHashMap<>();
  private final AtomicLong bytes = new AtomicLong();
  private final Limits limits;
  private final SharedJournals shared;
  private final JournalPace pace;
  private final Chores chores;
  private final InstantSource clock;

  /**
   * How much is mirrored at once.
   *
   * @param mirrors turns
   * @param bytes what their journals take, estimated
   * @param events what one journal keeps
   */
  record Limits(int mirrors, long bytes, int events) {}

  Mirrors(
      Limits limits, SharedJournals shared, JournalPace pace, Chores chores, InstantSource clock) {
    this.limits = limits;
    this.shared = shared;
    this.pace = pace;
    this.chores = chores;
    this.clock = clock;
  }

  /** A mirror and how many follow it; counted within {@link #mirrors}. */
  private static final class Followed {
    private final Mirror mirror;
    private int followers;

    Followed(Mirror mirror) {
      this.mirror = mirror;
    }
  }

  /** How many turns are mirrored. */
  int size() {
    return mirrors.size();
  }

  /**
   * See the port.
   *
   * @throws ChatException {@link Failure.TooBusy} if there is no room, {@link
   *     Failure.StoreUnavailable}
   */
  Optional<Following> follow(TurnId turn, long after) {
    Followed followed = enter(turn);
    boolean found = false;
    try {
      found = followed.mirror.begin();
      return found ? Optional.of(visit(turn, followed, after)) : Optional.empty();
    } finally {
      if (!found) {
        leave(turn, followed);
      }
    }
  }

  private Following visit(TurnId turn, Followed followed, long after) {
    return new Visit(followed.mirror.journal().follow(after), () -> leave(turn, followed));
  }

  /** See the port. Reads by itself: what is mirrored may be behind. */
  Optional<Progress> progress(TurnId turn) {
    Journal journal = new Journal(turn, limits.events(), new AtomicLong());
    try (Mirror reader = mirror(turn, journal, null)) {
      return reader.begin() ? Optional.of(journal.progress()) : Optional.empty();
    }
  }

  /** There may be news of a turn. */
  void told(TurnId turn) {
    Followed followed = mirrors.get(turn);
    if (followed != null) {
      followed.mirror.told();
    }
  }

  /** Reads now what there is of a turn, if it is mirrored. */
  void read(TurnId turn) {
    Followed followed = mirrors.get(turn);
    if (followed != null) {
      followed.mirror.read();
    }
  }

  /** There may be news of any turn. */
  void toldOfAll() {
    mirrors.values().forEach(it -> it.mirror.told());
  }

  private Followed enter(TurnId turn) {
    return mirrors.compute(
        turn,
        (_, known) -> {
          Followed followed = known == null || isLost(known) ? begun(turn) : known;
          followed.followers++;
          return followed;
        });
  }

  private static boolean isLost(Followed followed) {
    return followed.mirror.journal().isForgotten();
  }

  private Followed begun(TurnId turn) {
    // Not exact if many come at once, which it need not be.
    if (mirrors.size() >= limits.mirrors() || bytes.get() > limits.bytes()) {
      throw new ChatException(new Failure.TooBusy(RETRY_AFTER));
    }
    Journal journal = new Journal(turn, limits.events(), bytes);
    return new Followed(mirror(turn, journal, shared.watcher()));
  }

  private Mirror mirror(TurnId turn, Journal journal, @Nullable String watcher) {
    return new Mirror(
        turn,
        journal,
        events -> journal.append(events, clock.instant()),
        JournalPart.Place.START,
        watcher,
        shared,
        pace,
        chores);
  }

  private void leave(TurnId turn, Followed followed) {
    mirrors.computeIfPresent(turn, (_, known) -> known == followed ? left(followed) : known);
  }

  private static @Nullable Followed left(Followed followed) {
    if (--followed.followers > 0) {
      return followed;
    }
    end(followed);
    return null;
  }

  private static void end(Followed followed) {
    followed.mirror.close();
    followed.mirror.journal().forget();
  }

  @Override
  public void close() {
    mirrors.values().forEach(Mirrors::end);
  }
}
