package dev.groqchat.adapters.persistence.redis;

import dev.groqchat.adapters.persistence.memory.Journal;
import dev.groqchat.adapters.persistence.memory.LocalJournals;
import dev.groqchat.adapters.persistence.memory.MemoryLimits;
import dev.groqchat.application.port.Following;
import dev.groqchat.application.port.out.TurnJournal;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.turn.TurnEvent;
import dev.groqchat.domain.turn.TurnId;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Journals that all instances of one Redis share. The instance that writes a turn keeps its journal
 * in memory as well: its followers read there, and get everything whether Redis is there or not.
 * Redis gets it in batches, from which the other instances mirror it.
 *
 * <p>With Redis away, a journal can neither be opened nor followed from elsewhere. One that is
 * being written goes on: its ending tries once to reach Redis, then is only seen here. What Redis
 * has missed is written when it is back, as far as it is still kept here; for the rest followers
 * elsewhere get a gap.
 *
 * <p>Whoever appends to a journal that another instance writes takes it over, from where Redis has
 * it: the other one can write no more, its appends fail as after an ending, and its followers go on
 * with what the new writer writes. Who has read events that never reached Redis gets a gap.
 *
 * <p>Closing writes what there is, and ends all threads. Longer than a class should be: one's own
 * journals, others' and those that went from one to the other meet here.
 */
final class RedisTurnJournal implements TurnJournal, AutoCloseable {
  /** Turns of other instances that are followed here at once. */
  static final int MOST_MIRRORS = 5_000;

  private final Map<TurnId, Publication> publications = new ConcurrentHashMap<>();

  /** Journals of this instance that others write now, for their followers here. */
  private final Map<TurnId, Mirror> lost = new ConcurrentHashMap<>();

  private final LocalJournals local;
  private final SharedJournals shared;
  private final Mirrors mirrors;
  private final JournalPace pace;
  private final Chores chores = new Chores("journals");
  private final RedisSignals.Hearing hearing;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * The journals as one instance sees them.
   *
   * @param limits for its own journals, and the same once more for those of others; what Redis
   *     keeps of a journal is bounded by {@link MemoryLimits#maxJournalEvents}, too
   * @param instance its name; no other has it
   */
  RedisTurnJournal(
      RedisGate gate,
      RedisSignals signals,
      MemoryLimits limits,
      int mostMirrors,
      String instance,
      JournalPace pace,
      InstantSource clock) {
    this.local = new LocalJournals(limits, clock);
    this.shared = new SharedJournals(gate, instance, limits.journalRetention());
    this.pace = pace;
    Mirrors.Limits mirrored =
        new Mirrors.Limits(mostMirrors, limits.maxJournalBytes(), limits.maxJournalEvents());
    this.mirrors = new Mirrors(mirrored, shared, pace, chores, clock);
    this.hearing = signals.hear(shared.channel(), this::told, this::toldOfAll);
  }

  private void told(String name) {
    TurnId turn = TurnId.parse(name);
    mirrors.told(turn);
    Optional.ofNullable(publications.get(turn)).ifPresent(Publication::told);
    Optional.ofNullable(lost.get(turn)).ifPresent(Mirror::told);
  }

  private void toldOfAll() {
    mirrors.toldOfAll();
    publications.values().forEach(Publication::told);
    lost.values().forEach(Mirror::told);
  }

  @Override
  public void open(TurnId turn) {
    if (local.kept(turn).isEmpty() && shared.open(turn)) {
      publish(turn, local.open(turn));
    }
  }

  private Publication publish(TurnId turn, Journal journal) {
    return publications.computeIfAbsent(
        turn, it -> new Publication(it, journal, local, shared, pace, chores, this::over));
  }

  /** Nothing more will be written of a journal. */
  private void over(Publication publication, Publication.State how) {
    boolean first = publications.remove(publication.turn(), publication);
    if (first && how == Publication.State.CLAIMED) {
      followNewWriter(publication);
    }
  }

  private void followNewWriter(Publication former) {
    TurnId turn = former.turn();
    Journal journal = former.journal();
    String known = former.written() + "-0";
    lost.values().removeIf(Mirror::isClosed);
    Mirror mirror = reader(turn, journal, known, shared.watcher());
    lost.put(turn, mirror);
    mirror.told();
  }

  /** Reads the others' part of a journal that is also this instance's. */
  private Mirror reader(TurnId turn, Journal journal, String known, @Nullable String watcher) {
    return new Mirror(
        turn, journal, it -> local.append(journal, it), known, watcher, shared, pace, chores);
  }

  @Override
  public long append(TurnId turn, List<TurnEvent> events) {
    LocalJournals.requireProper(events);
    Publication publication = publications.get(turn);
    return (publication == null ? claimed(turn) : publication).append(events);
  }

  /** The way to write a journal that another instance has written so far. */
  private Publication claimed(TurnId turn) {
    if (local.kept(turn).isPresent()) {
      throw new IllegalStateException("nothing follows a turn's ending: " + turn);
    }
    shared.claim(turn);
    Journal journal = local.open(turn);
    boolean complete = false;
    try (Mirror reader = reader(turn, journal, JournalPart.Place.START, null)) {
      complete = reader.begin() && !journal.hasEnded();
    } finally {
      if (!complete) {
        local.forget(journal);
      }
    }
    if (!complete) {
      throw new IllegalStateException("somebody else has ended " + turn);
    }
    return publish(turn, journal);
  }

  @Override
  public Optional<Following> follow(TurnId turn, long after) {
    if (after < 0) {
      throw new IllegalArgumentException("events are numbered from 1: " + after);
    }
    Optional<Journal> own = local.find(turn);
    return own.isPresent()
        ? own.map(journal -> journal.follow(after))
        : mirrors.follow(turn, after);
  }

  @Override
  public Optional<Progress> progress(TurnId turn) {
    Optional<Journal> own = local.find(turn);
    return own.isPresent() ? own.map(Journal::progress) : mirrors.progress(turn);
  }

  /** With Redis away, what was so when it was there. */
  @Override
  public boolean followedElsewhere(TurnId turn) {
    Publication publication = publications.get(turn);
    try {
      return shared.watched(turn);
    } catch (ChatException _) {
      return publication != null && publication.watched();
    }
  }

  /** Does now what would be done soon: writes what Redis lacks of a turn, reads what it has. */
  void settle(TurnId turn) {
    Publication publication = publications.get(turn);
    if (publication != null) {
      publication.flush();
    }
    Mirror mirror = lost.get(turn);
    if (mirror != null) {
      mirror.read();
    }
    mirrors.read(turn);
  }

  /** How many turns of other instances are followed here. */
  int mirrored() {
    return mirrors.size();
  }

  /** Idempotent. */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    hearing.close();
    publications.values().forEach(Publication::flush);
    mirrors.close();
    lost.values().forEach(Mirror::close);
    chores.close();
  }
}
