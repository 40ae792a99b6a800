package dev.groqchat.adapters.persistence.redis;

import dev.groqchat.domain.conversation.ConversationKey;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.turn.TurnId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * Where turns wait for their turn. Whoever moves a line, on any instance, says so; those who wait
 * in it look then. In case a message was lost they look every few seconds, too.
 */
final class RedisLines {
  private static final RedisScript<Long> AHEAD = RedisScript.number("turn-ahead");
  private static final Duration SAFETY = Duration.ofSeconds(3);
  private static final int GONE = -1;

  private final Map<String, Set<Semaphore>> waiting = new ConcurrentHashMap<>();
  private final RedisGate gate;
  private final String ttl;

  /** Hears until the gate is closed. */
  RedisLines(RedisGate gate, RedisSignals signals, Duration ttl) {
    this.gate = gate;
    this.ttl = Long.toString(ttl.toMillis());
    RedisSignals.Hearing _ =
        signals.hear(RedisKeys.LINE_MOVED, this::wake, () -> waiting.keySet().forEach(this::wake));
  }

  private void wake(String tag) {
    waiting.getOrDefault(tag, Set.of()).forEach(Semaphore::release);
  }

  void awaitHead(ConversationKey conversation, TurnId turn, IntConsumer told)
      throws InterruptedException {
    Semaphore moved = new Semaphore(0);
    String tag = RedisKeys.tag(conversation);
    enter(tag, moved);
    try {
      await(conversation, turn, told, moved);
    } finally {
      leave(tag, moved);
    }
  }

  private void await(ConversationKey conversation, TurnId turn, IntConsumer told, Semaphore moved)
      throws InterruptedException {
    int known = ahead(conversation, turn);
    int ahead = known;
    while (ahead > 0) {
      told.accept(ahead);
      known = ahead;
      while (ahead == known) {
        boolean _ = moved.tryAcquire(SAFETY.toMillis(), TimeUnit.MILLISECONDS);
        moved.drainPermits(); // Before looking: what moves later rings again.
        ahead = aheadOr(known, conversation, turn);
      }
    }
    if (ahead == GONE) {
      throw new ChatException(new Failure.NotFound("turn"));
    }
  }

  private int ahead(ConversationKey conversation, TurnId turn) {
    List<String> keys = RedisKeys.all(conversation);
    return Math.toIntExact(gate.run(AHEAD, keys, ttl, turn.toString()));
  }

  /** Who waits anyhow waits until Redis is there again, rather than be sent away. */
  private int aheadOr(int known, ConversationKey conversation, TurnId turn) {
    try {
      return ahead(conversation, turn);
    } catch (ChatException e) {
      if (e.failure() instanceof Failure.StoreUnavailable) {
        return known;
      }
      throw e;
    }
  }

  private void enter(String tag, Semaphore moved) {
    waiting.compute(
        tag,
        (_, others) -> {
          Set<Semaphore> all = others == null ? ConcurrentHashMap.newKeySet() : others;
          all.add(moved);
          return all;
        });
  }

  private void leave(String tag, Semaphore moved) {
    waiting.computeIfPresent(
        tag,
        (_, all) -> {
          all.remove(moved);
          return all.isEmpty() ? null : all;
        });
  }
}
