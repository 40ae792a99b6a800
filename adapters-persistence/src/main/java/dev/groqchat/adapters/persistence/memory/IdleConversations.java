package dev.groqchat.adapters.persistence.memory;

import dev.groqchat.adapters.persistence.memory.StoredConversation.Use;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The conversations in which no turn is under way, least recently used first. To use one only notes
 * that it was used, so that reading takes no lock; it is filed anew when it comes up as the first.
 */
final class IdleConversations {
  private final ConcurrentNavigableMap<Long, StoredConversation> byUse =
      new ConcurrentSkipListMap<>();
  private final AtomicLong uses = new AtomicLong();
  private final InstantSource clock;

  IdleConversations(InstantSource clock) {
    this.clock = clock;
  }

  boolean isEmpty() {
    return byUse.isEmpty();
  }

  Use use() {
    return new Use(uses.incrementAndGet(), clock.instant());
  }

  /** Files it, as used just now. Under the conversation's lock. */
  void add(StoredConversation conversation) {
    conversation.used(use());
    file(conversation);
  }

  /** Under the conversation's lock. */
  void remove(StoredConversation conversation) {
    byUse.remove(conversation.idleSince(), conversation);
  }

  /** Null if none is idle. */
  @Nullable StoredConversation leastRecentlyUsed() {
    while (true) {
      Map.Entry<Long, StoredConversation> first = byUse.firstEntry();
      if (first == null || first.getValue().lastUse().number() == first.getKey()) {
        return first == null ? null : first.getValue();
      }
      StoredConversation used = first.getValue();
      used.locked(() -> byUse.remove(first.getKey(), used) && file(used));
    }
  }

  /** Whether it is still filed, and was not used since. Under the conversation's lock. */
  boolean unusedSinceFiled(StoredConversation conversation) {
    return byUse.get(conversation.idleSince()) == conversation
        && conversation.lastUse().number() == conversation.idleSince();
  }

  private boolean file(StoredConversation conversation) {
    long number = conversation.lastUse().number();
    conversation.idleSince(number);
    byUse.put(number, conversation);
    return true;
  }
}
