package dev.groqchat.adapters.persistence.redis;

import dev.groqchat.application.port.out.Instances;
import dev.groqchat.domain.conversation.ConversationKey;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.turn.Turn;
import dev.groqchat.domain.turn.TurnId;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This instance among those that share a Redis. It has a lease there, which a thread of its own
 * renews until this is closed; the turns that it has added and not released are listed beside it.
 * An instance whose lease is over is gone, whether it was killed, cut off or only frozen. One that
 * comes back renews its lease and goes on; a turn that others have ended meanwhile stays as they
 * left it, as what has ended does not change: that is all the fencing there is, and enough.
 *
 * <p>A turn of which nobody knows whether it was added, because Redis went away, is taken back with
 * a later renewal. Longer than a class should be: what holds a turn, lets it go and finds it
 * without a holder belongs together.
 */
final class RedisInstances implements Instances, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RedisInstances.class);

  private static final RedisScript<Long> UPDATE = RedisScript.number("turn-update");
  private static final RedisScript<Long> RENEW = RedisScript.number("instance-renew");
  private static final RedisScript<List<Object>> GONE = RedisScript.list("instance-gone");
  private static final RedisScript<Long> FORGET = RedisScript.number("instance-forget");

  /**
   * A turn is updated by its own thread, for which no client waits: a hiccup should not fail it.
   */
  private static final Duration PATIENCE_WITH_TURNS = Duration.ofSeconds(1);

  /** Turns that may wait for Redis to come back to be taken back; some kilobytes each. */
  private static final int MOST_LATER = 5_000;

  /** Instances that are looked at in one go, and turns of each. */
  private static final int MOST_GONE = 20;

  private static final int MOST_ORPHANS = 1_000;

  private final String id = UUID.randomUUID().toString();
  private final Map<TurnId, String> holding = new ConcurrentHashMap<>();

  /** Who held the orphans that were found last; not more than are looked at in one go. */
  private final Map<TurnId, String> orphaned = new ConcurrentHashMap<>();

  private final Map<TurnId, Runnable> later = new ConcurrentHashMap<>();
  private final RedisGate gate;
  private final RedisSignals signals;
  private final RedisSettings settings;
  private final Thread renewing;
  private volatile boolean listed;

  /**
   * When others' leases can be trusted, by {@link System#nanoTime()}: while Redis was away nobody
   * could renew one, and each is given the time of one to do so.
   */
  private volatile long trustedFrom = System.nanoTime();

  /** Begins to renew the lease; does not wait for Redis. */
  RedisInstances(RedisGate gate, RedisSignals signals, RedisSettings settings) {
    this.gate = gate;
    this.signals = signals;
    this.settings = settings;
    this.renewing = Thread.ofVirtual().name("redis-lease").start(this::renewUntilClosed);
  }

  /** This instance's name, never used again. */
  String id() {
    return id;
  }

  /**
   * Holds a turn for as long as this instance lives, or until it is let go; says where it is. One
   * that has ended needs no holder.
   */
  void hold(Turn turn, RedisHint hint) {
    if (turn.hasEnded()) {
      gate.call(hint::set);
      return;
    }
    if (!listed) {
      renew(settings.patience()); // Before it holds anything: else nobody would look for it.
    }
    holding.put(turn.id(), hint.tag());
    try {
      gate.call(redis -> RedisListing.all(List.of(hint.set(redis), hold(redis, hint))));
    } catch (ChatException e) {
      holding.remove(turn.id());
      later(turn.id(), () -> dropHold(turn.id())); // It may have been done.
      throw e;
    }
  }

  private CompletionStage<Boolean> hold(
      RedisClusterAsyncCommands<String, String> redis, RedisHint hint) {
    return redis.hset(RedisKeys.held(id), hint.turn().toString(), hint.tag());
  }

  /** Lets a turn go that was not added. Never fails: what cannot be done now is done later. */
  void letGo(TurnId turn) {
    holding.remove(turn);
    try {
      dropHold(turn);
    } catch (ChatException _) {
      later(turn, () -> dropHold(turn));
    }
  }

  private void dropHold(TurnId turn) {
    gate.call(redis -> redis.hdel(RedisKeys.held(id), turn.toString()));
  }

  /** Does something about a turn as soon as Redis can be reached again. */
  void later(TurnId turn, Runnable step) {
    if (later.size() < MOST_LATER) {
      later.put(turn, step);
    } else {
      LOG.error("too much waits to be stored: what became of turn {} is lost", turn);
    }
  }

  /** {@link RedisTurnStore#update}. */
  void update(Turn turn) {
    gate.insist(
        PATIENCE_WITH_TURNS,
        UPDATE,
        RedisKeys.all(turn.conversation()),
        Long.toString(settings.sessionTtl().toMillis()),
        turn.id().toString(),
        DomainJson.write(Turn.class, turn),
        turn.hasEnded() ? "1" : "0",
        RedisKeys.LINE_MOVED,
        RedisKeys.tag(turn.conversation()));
  }

  @Override
  public void release(Turn turn) {
    holding.remove(turn.id());
    String holder = Objects.requireNonNullElse(orphaned.get(turn.id()), id);
    gate.call(redis -> redis.hdel(RedisKeys.held(holder), turn.id().toString()));
  }

  private void renewUntilClosed() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        renewOnce();
        Thread.sleep(settings.renewal());
      }
    } catch (InterruptedException _) {
      // Closed.
    }
  }

  private void renewOnce() {
    try {
      renew(settings.renewal());
      later.forEach(this::doNow);
    } catch (ChatException e) {
      LOG.debug("the lease is not renewed now", e);
    } catch (RuntimeException | Error e) {
      LOG.error("the lease is not renewed", e); // The next time it may be.
    }
  }

  /** What fails because Redis is away again is left for the next time. */
  private void doNow(TurnId turn, Runnable step) {
    if (later.remove(turn, step)) {
      try {
        step.run();
      } catch (ChatException e) {
        later.putIfAbsent(turn, step);
        throw e;
      }
    }
  }

  /** Says that this instance lives. */
  void renew(Duration patience) {
    String lease = Long.toString(settings.lease().toMillis());
    long lapsed = gate.insist(patience, RENEW, List.of(RedisKeys.INSTANCES), id, lease);
    listed = true;
    if (lapsed == 1) {
      trustedFrom = System.nanoTime() + settings.lease().toNanos();
      holdAgain();
    }
    long kept = settings.sessionTtl().multipliedBy(2).toMillis();
    gate.send(redis -> redis.pexpire(RedisKeys.held(id), kept));
  }

  /** Others, who took this instance for gone, may have let go what was about to be added. */
  private void holdAgain() {
    Map<String, String> all = new HashMap<>();
    holding.forEach((turn, tag) -> all.put(turn.toString(), tag));
    if (!all.isEmpty()) {
      gate.call(redis -> redis.hset(RedisKeys.held(id), all));
    }
  }

  @Override
  public void stop(TurnId turn) {
    gate.call(redis -> redis.publish(RedisKeys.STOP, id + " " + turn));
  }

  @Override
  public Listening onStop(Consumer<TurnId> told) {
    RedisSignals.Hearing hearing =
        signals.hear(RedisKeys.STOP, message -> hear(message, told), () -> {});
    return hearing::close;
  }

  private void hear(String message, Consumer<TurnId> told) {
    int blank = message.indexOf(' ');
    if (!message.substring(0, blank).equals(id)) {
      told.accept(TurnId.parse(message.substring(blank + 1)));
    }
  }

  /** Asks once where all is well. This instance's own turns are never without one. */
  @Override
  public List<Turn> orphans() {
    List<Turn> orphans = new ArrayList<>();
    orphaned.clear();
    String most = Integer.toString(MOST_GONE);
    List<Object> all = gate.run(GONE, List.of(RedisKeys.INSTANCES), most, id);
    if (System.nanoTime() - trustedFrom < 0) {
      return orphans;
    }
    for (Object gone : all) {
      if (!gone.equals(id)) {
        orphans.addAll(orphansOf((String) gone));
      }
    }
    return orphans;
  }

  private List<Turn> orphansOf(String gone) {
    Map<String, String> held = gate.call(redis -> redis.hgetall(RedisKeys.held(gone)));
    List<Turn> orphans = new ArrayList<>();
    held.entrySet().stream()
        .limit(MOST_ORPHANS)
        .forEach(it -> {
          Turn turn = find(it.getKey(), RedisKeys.conversation(it.getValue()));
          if (turn == null) {
            gate.call(redis -> redis.hdel(RedisKeys.held(gone), it.getKey()));
          } else {
            orphans.add(turn);
            orphaned.put(turn.id(), gone);
          }
        });
    if (held.isEmpty()) {
      gate.run(FORGET, List.of(RedisKeys.INSTANCES), gone);
    }
    return orphans;
  }

  private @Nullable Turn find(String turn, ConversationKey conversation) {
    @Nullable String json = gate.call(redis -> redis.hget(RedisKeys.turns(conversation), turn));
    return json == null ? null : DomainJson.read(Turn.class, json);
  }

  /** Says goodbye: what is still held is without an instance at once. */
  @Override
  public void close() {
    leave();
    try {
      long held = gate.call(redis -> redis.hlen(RedisKeys.held(id)));
      if (held == 0) {
        gate.call(redis -> redis.zrem(RedisKeys.INSTANCES, id));
      } else {
        gate.call(redis -> redis.zadd(RedisKeys.INSTANCES, 0, id));
      }
    } catch (ChatException e) {
      LOG.debug("no goodbye: others will notice by the lease", e);
    }
  }

  /** Ends the thread that renews the lease, without a goodbye, as if the process had died. */
  void leave() {
    renewing.interrupt();
    try {
      renewing.join(settings.lease());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
