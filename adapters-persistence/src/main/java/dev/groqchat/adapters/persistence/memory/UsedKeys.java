package dev.groqchat.adapters.persistence.memory;

import dev.groqchat.domain.conversation.Owner;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.turn.IdempotencyKey;
import dev.groqchat.domain.turn.TurnId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The idempotency keys of all owners, oldest first; beyond a number the oldest are forgotten.
 * Thread-safe.
 */
final class UsedKeys {
  private final LinkedHashMap<Name, Use> uses = new LinkedHashMap<>();
  private final int most;
  private final InstantSource clock;

  UsedKeys(int most, InstantSource clock) {
    this.most = most;
    this.clock = clock;
  }

  /**
   * The turn that a key stands for.
   *
   * @param kept whether an earlier turn is still there; without it the key is free again
   */
  synchronized Optional<TurnId> find(Owner owner, IdempotencyKey key, Predicate<TurnId> kept) {
    forgetOld();
    Use use = uses.get(new Name(owner, key.value()));
    return use != null && kept.test(use.turn()) ? Optional.of(use.turnOf(key)) : Optional.empty();
  }

  /**
   * Uses a key for a turn, unless it stands for one already. One caller at a time: of two that come
   * at once, the second finds the first one's turn added.
   *
   * @param add adds the turn; if it fails the key stays free
   * @return the earlier turn; empty if the key is used for this one now
   */
  synchronized Optional<TurnId> use(
      Owner owner, IdempotencyKey key, TurnId turn, Predicate<TurnId> kept, Runnable add) {
    Optional<TurnId> earlier = find(owner, key, kept);
    if (earlier.isEmpty()) {
      add.run();
      uses.putLast(new Name(owner, key.value()), new Use(key.fingerprint(), turn, clock.instant()));
      if (uses.size() > most) {
        uses.pollFirstEntry();
      }
    }
    return earlier;
  }

  private void forgetOld() {
    Instant oldest = clock.instant().minus(IdempotencyKey.KEPT);
    Iterator<Use> oldestFirst = uses.values().iterator();
    while (oldestFirst.hasNext() && oldestFirst.next().at().isBefore(oldest)) {
      oldestFirst.remove();
    }
  }

  private record Name(Owner owner, String key) {}

  private record Use(String fingerprint, TurnId turn, Instant at) {
    TurnId turnOf(IdempotencyKey key) {
      if (!fingerprint.equals(key.fingerprint())) {
        throw new ChatException(new Failure.KeyReused());
      }
      return turn;
    }
  }
}
