package dev.groqchat.adapters.persistence.redis;

import dev.groqchat.domain.conversation.Owner;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.turn.IdempotencyKey;
import dev.groqchat.domain.turn.TurnId;
import io.lettuce.core.KeyValue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The idempotency keys of all owners. A key belongs to an owner and its turn to a conversation:
 * these are two slots of a cluster, and no script can change both. So a key is claimed first, the
 * turn is added next, and then the claim is settled. That is safe, as
 *
 * <ul>
 *   <li>whoever meets a pending claim waits for its outcome, and adds nothing;
 *   <li>a turn that could not be added releases its claim;
 *   <li>a claim whose owner died, or has lost sight of Redis, turns stale, by the clock of Redis.
 *       Its turn holds the key if it was added: whoever finds that settles the claim, and from then
 *       on the turn cannot be taken back; else the key may be claimed anew;
 *   <li>who was so slow that its claim was taken over learns that when it settles it, and takes its
 *       turn back. Nobody has begun to answer it: {@code add} has not returned.
 * </ul>
 */
final class RedisClaims {
  private static final RedisScript<List<Object>> CLAIM = RedisScript.list("key-claim");
  private static final RedisScript<Long> SETTLE = RedisScript.number("key-settle");
  private static final RedisScript<Long> RELEASE = RedisScript.number("key-release");

  /** Adding takes two calls of a fraction of this. */
  private static final Duration PENDING = Duration.ofSeconds(2);

  private static final Duration LONGEST_PAUSE = Duration.ofMillis(50);

  private final RedisGate gate;
  private final Predicate<Claim> kept;

  /** What a key stands for. */
  record Claim(Owner owner, TurnId turn, String asked) {
    /** The turn, unless something else is asked now. */
    TurnId turnOf(IdempotencyKey key) {
      if (!asked.equals(key.fingerprint())) {
        throw new ChatException(new Failure.KeyReused());
      }
      return turn;
    }
  }

  /**
   * @param kept whether the turn of a claim is still there; without it the key is free again
   */
  RedisClaims(RedisGate gate, Predicate<Claim> kept) {
    this.gate = gate;
    this.kept = kept;
  }

  /** What a key stands for, if the turn was added and is kept. */
  Optional<Claim> find(Owner owner, IdempotencyKey key) {
    List<KeyValue<String, String>> fields =
        gate.call(redis -> redis.hmget(RedisKeys.key(owner, key), "turn", "asked", "state"));
    if (!fields.getLast().getValueOrElse("").equals("settled")) {
      return Optional.empty(); // Whoever wants to add waits for what becomes of it.
    }
    String asked = fields.get(1).getValue();
    return Optional.of(claim(owner, fields.getFirst().getValue(), asked)).filter(kept);
  }

  /**
   * Uses a key for a turn, unless it stands for one already.
   *
   * @param add adds the turn; if it fails the key stays free
   * @param takeBack undoes that
   * @param doubtful told if nobody knows whether it was added; {@link #release} tells what to do
   * @return the earlier turn; empty if the key is used for this one now
   */
  Optional<TurnId> use(
      Owner owner,
      IdempotencyKey key,
      TurnId turn,
      Runnable add,
      Runnable takeBack,
      Runnable doubtful) {
    Optional<Claim> earlier = claimed(owner, key, turn);
    while (earlier.isEmpty()) {
      added(owner, key, turn, add, doubtful);
      if (settled(owner, key, turn, takeBack, doubtful)) {
        return Optional.empty();
      }
      earlier = claimed(owner, key, turn);
    }
    return earlier.map(it -> it.turnOf(key));
  }

  /** Claims a key, or finds what it stands for. */
  private Optional<Claim> claimed(Owner owner, IdempotencyKey key, TurnId turn) {
    @Nullable TurnId replaced = null;
    Duration pause = Duration.ofMillis(2);
    while (true) {
      List<Object> answer = claim(owner, key, turn, replaced);
      String state = (String) answer.getFirst();
      if (state.equals("mine")) {
        return Optional.empty();
      }
      Claim other = claim(owner, (String) answer.get(1), (String) answer.get(2));
      if (state.equals("pending")) {
        pause(pause);
        pause = longer(pause);
      } else if (kept.test(other) && settle(owner, key, other.turn())) {
        return Optional.of(other);
      } else {
        replaced = other.turn();
      }
    }
  }

  private List<Object> claim(
      Owner owner, IdempotencyKey key, TurnId turn, @Nullable TurnId replaced) {
    return gate.run(
        CLAIM,
        List.of(RedisKeys.key(owner, key)),
        turn.toString(),
        key.fingerprint(),
        Long.toString(IdempotencyKey.KEPT.toMillis()),
        replaced == null ? "" : replaced.toString(),
        Long.toString(PENDING.toMillis()));
  }

  private void added(
      Owner owner, IdempotencyKey key, TurnId turn, Runnable add, Runnable doubtful) {
    try {
      add.run();
    } catch (ChatException e) {
      if (e.failure() instanceof Failure.StoreUnavailable) {
        doubtful.run(); // Until then the claim turns stale.
      } else {
        release(owner, key, turn);
      }
      throw e;
    }
  }

  /** Whether the turn holds the key now; else it is taken back. */
  private boolean settled(
      Owner owner, IdempotencyKey key, TurnId turn, Runnable takeBack, Runnable doubtful) {
    try {
      boolean settled = settle(owner, key, turn);
      if (!settled) {
        takeBack.run();
      }
      return settled;
    } catch (ChatException e) {
      doubtful.run(); // It was added, and nobody is going to run it.
      throw e;
    }
  }

  /**
   * Frees a key, so that its turn can be taken back.
   *
   * @return false if somebody goes by that turn already
   */
  boolean release(Owner owner, IdempotencyKey key, TurnId turn) {
    return run(RELEASE, owner, key, turn) == 1;
  }

  private boolean settle(Owner owner, IdempotencyKey key, TurnId turn) {
    return run(SETTLE, owner, key, turn) == 1;
  }

  private long run(RedisScript<Long> script, Owner owner, IdempotencyKey key, TurnId turn) {
    return gate.run(script, List.of(RedisKeys.key(owner, key)), turn.toString());
  }

  private static Claim claim(Owner owner, String turn, String asked) {
    return new Claim(owner, TurnId.parse(turn), asked);
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }

  /** Of the rare two who come at once the second waits this way: a few times, not for long. */
  private static void pause(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ChatException(new Failure.StoreUnavailable(PENDING), e);
    }
  }
}
