package dev.groqchat.adapters.persistence.redis;

import dev.groqchat.application.port.out.TurnStore;
import dev.groqchat.domain.conversation.ConversationKey;
import dev.groqchat.domain.conversation.Message;
import dev.groqchat.domain.conversation.Owner;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.trimming.CountedMessage;
import dev.groqchat.domain.trimming.TokenCount;
import dev.groqchat.domain.turn.IdempotencyKey;
import dev.groqchat.domain.turn.Reply;
import dev.groqchat.domain.turn.Timings;
import dev.groqchat.domain.turn.Turn;
import dev.groqchat.domain.turn.TurnId;
import dev.groqchat.domain.turn.TurnState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns beside their conversation, in its slot. Where a turn is found by its id alone, a key of its
 * own says in which conversation; that is a hint, which is made before the turn and outlives it.
 *
 * <p>Longer than a class should be: adding a turn, and all that may become of that, is half of it.
 */
final class RedisTurnStore implements TurnStore {
  private static final RedisScript<Long> ADD = RedisScript.number("turn-add");
  private static final RedisScript<Long> REMOVE = RedisScript.number("turn-remove");
  private static final RedisScript<List<Object>> FIND = RedisScript.list("turn-find");
  private static final RedisScript<List<Object>> BEFORE = RedisScript.list("turn-before");

  private static final int NO_CONVERSATION = 0;

  /** The end of a turn that was added, but not begun, since nobody knew that it was. */
  private static final TurnState.Ended NEVER_RAN =
      new TurnState.Failed(
          new Reply(new CountedMessage(Message.assistant(""), TokenCount.UNCOUNTED), ""),
          new Failure.StoreUnavailable(Duration.ofSeconds(2)),
          new Timings(Duration.ZERO, null, Duration.ZERO, Duration.ZERO),
          1);

  private final RedisGate gate;
  private final RedisInstances instances;
  private final RedisLines lines;
  private final RedisClaims claims;
  private final RedisSettings settings;
  private final String ttl;

  RedisTurnStore(
      RedisGate gate, RedisSignals signals, RedisInstances instances, RedisSettings settings) {
    this.gate = gate;
    this.instances = instances;
    this.lines = new RedisLines(gate, signals, settings.sessionTtl());
    this.claims = new RedisClaims(gate, claim -> find(claim.owner(), claim.turn()).isPresent());
    this.settings = settings;
    this.ttl = Long.toString(settings.sessionTtl().toMillis());
  }

  @Override
  public Optional<TurnId> add(Turn turn, @Nullable IdempotencyKey key) {
    if (key == null) {
      add(turn);
      return Optional.empty();
    }
    Owner owner = turn.conversation().owner();
    return claims.use(
        owner,
        key,
        turn.id(),
        () -> addHeld(turn),
        () -> takeBack(turn),
        () -> instances.later(turn.id(), () -> withdraw(turn, key)));
  }

  /**
   * Held before it can be seen: a turn that nobody holds would be open for ever. So would one that
   * was added although the caller was told that it was not: it is taken back later.
   */
  @Override
  public void add(Turn turn) {
    try {
      addHeld(turn);
    } catch (ChatException e) {
      if (e.failure() instanceof Failure.StoreUnavailable) {
        instances.later(turn.id(), () -> takeBack(turn)); // It may have been added.
      }
      throw e;
    }
  }

  private void addHeld(Turn turn) {
    instances.hold(turn, hint(turn.id(), turn.conversation()));
    long added =
        gate.run(
            ADD,
            RedisKeys.all(turn.conversation()),
            ttl,
            turn.id().toString(),
            DomainJson.write(Turn.class, turn),
            turn.hasEnded() ? "1" : "0",
            Integer.toString(settings.maxTurns()));
    if (added == NO_CONVERSATION) {
      forget(turn);
      throw new ChatException(new Failure.NotFound("conversation"));
    }
  }

  /** Takes a turn back that may have been added, unless somebody goes by it: then it has failed. */
  private void withdraw(Turn turn, IdempotencyKey key) {
    if (claims.release(turn.conversation().owner(), key, turn.id())) {
      takeBack(turn);
    } else {
      instances.update(turn.ended(NEVER_RAN));
      instances.release(turn);
    }
  }

  private void takeBack(Turn turn) {
    ConversationKey conversation = turn.conversation();
    gate.run(
        REMOVE,
        RedisKeys.all(conversation),
        turn.id().toString(),
        RedisKeys.LINE_MOVED,
        RedisKeys.tag(conversation));
    forget(turn);
  }

  private void forget(Turn turn) {
    gate.send(redis -> redis.del(RedisKeys.turn(turn.id())));
    instances.letGo(turn.id());
  }

  @Override
  public void update(Turn turn) {
    instances.update(turn);
  }

  @Override
  public Optional<Turn> find(Owner owner, TurnId id) {
    @Nullable String tag = gate.call(redis -> redis.get(RedisKeys.turn(id)));
    if (tag == null) {
      return Optional.empty();
    }
    ConversationKey conversation = RedisKeys.conversation(tag);
    if (!conversation.owner().equals(owner)) {
      return Optional.empty();
    }
    List<Object> found = gate.run(FIND, RedisKeys.all(conversation), ttl, id.toString());
    renewHints(conversation, List.of(id));
    return found.stream().map(RedisTurnStore::read).findFirst();
  }

  @Override
  public Optional<Turn> find(Owner owner, IdempotencyKey key) {
    Optional<RedisClaims.Claim> claim = claims.find(owner, key);
    return claim.flatMap(it -> find(owner, it.turnOf(key)));
  }

  @Override
  public List<Turn> before(ConversationKey conversation, @Nullable TurnId before, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("a page has at least one item: " + limit);
    }
    List<String> keys = RedisKeys.all(conversation);
    String from = before == null ? "" : before.toString();
    List<Turn> turns =
        gate.run(BEFORE, keys, ttl, from, Integer.toString(limit)).stream()
            .map(RedisTurnStore::read)
            .toList();
    renewHints(conversation, turns.stream().map(Turn::id).toList());
    return turns;
  }

  @Override
  public void awaitHead(ConversationKey conversation, TurnId id, IntConsumer ahead)
      throws InterruptedException {
    lines.awaitHead(conversation, id, ahead);
  }

  /**
   * A conversation that is used lives on, and with it turns that were added long ago. Whoever is
   * shown such a turn may ask for it, so what it is found by is made again. Young ones need
   * nothing: hints live twice as long as what nobody uses.
   */
  private void renewHints(ConversationKey conversation, List<TurnId> turns) {
    Instant old = Instant.now().minus(settings.sessionTtl());
    turns.stream()
        .filter(it -> begun(it).isBefore(old))
        .forEach(it -> gate.send(redis -> hint(it, conversation).set(redis)));
  }

  /** When an id was made: the first 48 bits of a UUID of version 7. */
  private static Instant begun(TurnId turn) {
    return Instant.ofEpochMilli(turn.value().getMostSignificantBits() >>> 16);
  }

  private RedisHint hint(TurnId turn, ConversationKey conversation) {
    // An idempotency key finds its turn by this, too.
    Duration kept = settings.sessionTtl().multipliedBy(2);
    return new RedisHint(
        turn,
        RedisKeys.tag(conversation),
        kept.compareTo(IdempotencyKey.KEPT) > 0 ? kept : IdempotencyKey.KEPT);
  }

  private static Turn read(Object json) {
    return DomainJson.read(Turn.class, (String) json);
  }
}
