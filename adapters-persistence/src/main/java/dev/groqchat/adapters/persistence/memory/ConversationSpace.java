package dev.groqchat.adapters.persistence.memory;

import dev.groqchat.domain.conversation.Conversation;
import dev.groqchat.domain.conversation.ConversationCursor;
import dev.groqchat.domain.conversation.ConversationKey;
import dev.groqchat.domain.conversation.Owner;
import dev.groqchat.domain.conversation.VisitorId;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.turn.Turn;
import dev.groqchat.domain.turn.TurnId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * All conversations and their turns, and the ways to them. Changes of one conversation and of what
 * points to it happen under that conversation's lock; nobody ever holds two. Those who write or
 * list sweep out what was idle for too long and, while all together take too much, the least
 * recently used without a turn under way.
 *
 * <p>Longer than a class should be: what is filed in several places is filed, moved and forgotten
 * under one lock, and every way to it is here.
 */
final class ConversationSpace {
  private final Map<ConversationKey, StoredConversation> byKey = new ConcurrentHashMap<>();
  private final Map<TurnId, StoredTurn> turns = new ConcurrentHashMap<>();
  private final Listing listing = new Listing();
  private final IdleConversations idle;
  private final AtomicLong bytes = new AtomicLong();
  private final ReentrantLock sweeping = new ReentrantLock();
  private final long maxBytes;
  private final Duration ttl;
  private final InstantSource clock;

  ConversationSpace(long maxBytes, Duration ttl, InstantSource clock) {
    this.maxBytes = maxBytes;
    this.ttl = ttl;
    this.clock = clock;
    this.idle = new IdleConversations(clock);
  }

  /** What all take together. */
  long bytes() {
    return bytes.get();
  }

  /** The same, added up anew: takes time for each of them. */
  long bytesOfAll() {
    return byKey.values().stream().mapToLong(it -> it.locked(it::bytes)).sum();
  }

  /** Whether nothing is left of anything. */
  boolean isEmpty() {
    return byKey.isEmpty() && turns.isEmpty() && listing.isEmpty() && idle.isEmpty();
  }

  boolean create(Conversation conversation) {
    if (find(conversation.key()).isPresent()) {
      return false;
    }
    StoredConversation stored = new StoredConversation(conversation, idle.use());
    // Locked before others can see it: nobody may delete what is not filed everywhere yet.
    boolean created = stored.locked(() -> file(stored));
    sweep();
    return created;
  }

  private boolean file(StoredConversation stored) {
    Conversation conversation = stored.conversation();
    if (byKey.putIfAbsent(conversation.key(), stored) != null) {
      return false;
    }
    listing.add(conversation, stored);
    idle.add(stored);
    bytes.addAndGet(stored.bytes());
    return true;
  }

  /** A conversation, which counts as used by that. */
  Optional<StoredConversation> find(ConversationKey key) {
    return inUse(byKey.get(key));
  }

  /** A turn that is the one meant, which uses its conversation. */
  Optional<StoredTurn> find(TurnId id, Predicate<Turn> meant) {
    StoredTurn stored = turns.get(id);
    return stored != null && meant.test(stored.turn())
        ? inUse(stored.conversation()).map(_ -> stored)
        : Optional.empty();
  }

  /** What is kept, newest first. To be listed is not to be used. */
  List<Conversation> list(
      Owner owner, @Nullable VisitorId startedBy, @Nullable ConversationCursor after, int most) {
    sweep();
    return listing
        .after(owner, startedBy, after)
        .filter(stored -> !stored.gone() && !expired(stored))
        .map(StoredConversation::conversation)
        .limit(most)
        .toList();
  }

  /** Changes a conversation under its lock; gives what it is then. */
  Optional<Conversation> edit(ConversationKey key, UnaryOperator<Conversation> edit) {
    return find(key)
        .filter(it -> change(it, () -> replace(it, edit.apply(it.conversation()))))
        .map(StoredConversation::conversation);
  }

  private void replace(StoredConversation stored, Conversation newer) {
    Conversation older = stored.conversation();
    stored.replace(newer);
    if (!Listing.samePlaces(older, newer)) {
      listing.remove(older);
      listing.add(newer, stored);
    }
  }

  /** Adds a turn; fails with {@link Failure.NotFound} without its conversation. */
  void add(Turn turn) {
    StoredConversation stored = find(turn.conversation()).orElse(null);
    if (stored == null || !change(stored, () -> add(stored, turn))) {
      throw new ChatException(new Failure.NotFound("conversation"));
    }
  }

  private void add(StoredConversation stored, Turn turn) {
    if (turns.containsKey(turn.id())) {
      throw new IllegalStateException("a turn is added once: " + turn.id());
    }
    turns.put(turn.id(), stored.add(turn));
  }

  void update(Turn newer) {
    find(newer.id(), kept -> kept.conversation().equals(newer.conversation()))
        .ifPresent(stored -> change(stored.conversation(), () -> replace(stored, newer)));
  }

  private static void replace(StoredTurn stored, Turn newer) {
    if (!stored.turn().hasEnded()) {
      stored.conversation().replace(stored, newer);
    }
  }

  void delete(ConversationKey key) {
    StoredConversation stored = byKey.get(key);
    if (stored != null) {
      stored.locked(() -> !stored.gone() && forget(stored));
    }
  }

  private Optional<StoredConversation> inUse(@Nullable StoredConversation stored) {
    if (stored == null || stored.gone()) {
      return Optional.empty();
    }
    if (expired(stored)
        && stored.locked(() -> !stored.gone() && !stored.busy() && forget(stored))) {
      return Optional.empty();
    }
    stored.used(idle.use());
    return Optional.of(stored);
  }

  /** Changes what is not gone, then settles what that means for everybody else. */
  private boolean change(StoredConversation stored, Runnable change) {
    boolean changed = stored.locked(() -> !stored.gone() && settle(stored, change));
    sweep();
    return changed;
  }

  private boolean settle(StoredConversation stored, Runnable change) {
    long bytesBefore = stored.bytes();
    boolean busyBefore = stored.busy();
    change.run();
    bytes.addAndGet(stored.bytes() - bytesBefore);
    if (busyBefore && !stored.busy()) {
      idle.add(stored);
    } else if (!busyBefore && stored.busy()) {
      idle.remove(stored);
    }
    return true;
  }

  /** Takes time for each conversation that it forgets, hardly any else. */
  private void sweep() {
    if (!sweeping.tryLock()) {
      return; // Somebody is at it.
    }
    try {
      StoredConversation oldest = idle.leastRecentlyUsed();
      while (oldest != null && (bytes.get() > maxBytes || expired(oldest))) {
        StoredConversation unused = oldest;
        // What was used or deleted meanwhile stands elsewhere, or nowhere, when looked for again.
        unused.locked(() -> idle.unusedSinceFiled(unused) && forget(unused));
        oldest = idle.leastRecentlyUsed();
      }
    } finally {
      sweeping.unlock();
    }
  }

  /** A turn under way is use. */
  private boolean expired(StoredConversation stored) {
    return !stored.busy() && stored.lastUse().at().plus(ttl).isBefore(clock.instant());
  }

  /** Under the conversation's lock. */
  private boolean forget(StoredConversation stored) {
    stored.disband();
    byKey.remove(stored.conversation().key(), stored);
    listing.remove(stored.conversation());
    idle.remove(stored);
    stored.turns().forEach(turn -> turns.remove(turn.turn().id()));
    bytes.addAndGet(-stored.bytes());
    return true;
  }
}
