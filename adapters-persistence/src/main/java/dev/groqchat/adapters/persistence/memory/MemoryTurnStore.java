package dev.groqchat.adapters.persistence.memory;

import dev.groqchat.application.port.out.TurnStore;
import dev.groqchat.domain.conversation.ConversationKey;
import dev.groqchat.domain.conversation.Owner;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.turn.IdempotencyKey;
import dev.groqchat.domain.turn.Turn;
import dev.groqchat.domain.turn.TurnId;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The turns of a {@link ConversationSpace}. */
final class MemoryTurnStore implements TurnStore {
  private final ConversationSpace space;
  private final UsedKeys keys;

  MemoryTurnStore(ConversationSpace space, UsedKeys keys) {
    this.space = space;
    this.keys = keys;
  }

  @Override
  public Optional<TurnId> add(Turn turn, @Nullable IdempotencyKey key) {
    if (key == null) {
      space.add(turn);
      return Optional.empty();
    }
    Owner owner = turn.conversation().owner();
    return keys.use(owner, key, turn.id(), keptOf(owner), () -> space.add(turn));
  }

  private Predicate<TurnId> keptOf(Owner owner) {
    return turn -> find(owner, turn).isPresent();
  }

  @Override
  public void update(Turn turn) {
    space.update(turn);
  }

  @Override
  public Optional<Turn> find(Owner owner, TurnId id) {
    return space.find(id, turn -> turn.conversation().owner().equals(owner)).map(StoredTurn::turn);
  }

  @Override
  public Optional<Turn> find(Owner owner, IdempotencyKey key) {
    return keys.find(owner, key, keptOf(owner)).flatMap(turn -> find(owner, turn));
  }

  @Override
  public List<Turn> before(ConversationKey conversation, @Nullable TurnId before, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("a page has at least one item: " + limit);
    }
    return before == null
        ? space.find(conversation).map(it -> it.newest(limit)).orElse(List.of())
        : find(conversation, before)
            .map(it -> it.conversation().before(it, limit))
            .orElse(List.of());
  }

  /** Tells without holding a lock: whoever listens may take its time. */
  @Override
  public void awaitHead(ConversationKey conversation, TurnId id, IntConsumer ahead)
      throws InterruptedException {
    StoredTurn turn =
        find(conversation, id).orElseThrow(() -> new ChatException(new Failure.NotFound("turn")));
    int known = turn.conversation().awaitMove(turn, -1);
    while (known > 0) {
      ahead.accept(known);
      known = turn.conversation().awaitMove(turn, known);
    }
  }

  private Optional<StoredTurn> find(ConversationKey conversation, TurnId id) {
    return space.find(id, turn -> turn.conversation().equals(conversation));
  }
}
