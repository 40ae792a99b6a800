package dev.groqchat.adapters.persistence.memory;

import dev.groqchat.domain.conversation.Conversation;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.turn.Turn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * A conversation, its turns and its line, with a lock of its own. Whoever changes anything does so
 * inside {@link #locked}; what says nothing about the lock may be called without it.
 */
final class StoredConversation {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<StoredTurn> turns = new ArrayList<>();
  private final Line line = new Line();
  private volatile Conversation conversation;
  private volatile Use lastUse;
  private volatile boolean busy;
  private volatile boolean gone;
  private long idleSince;
  private long bytes;

  StoredConversation(Conversation conversation, Use firstUse) {
    this.conversation = conversation;
    this.lastUse = firstUse;
    this.bytes = Footprint.of(conversation);
  }

  /** One use of any conversation; numbers tell apart what happens in one tick of the clock. */
  record Use(long number, Instant at) {}

  /** Does something while nobody else changes this; not to block in. */
  <T> T locked(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  Conversation conversation() {
    return conversation;
  }

  Use lastUse() {
    return lastUse;
  }

  void used(Use use) {
    lastUse = use;
  }

  /** Whether it was forgotten, and all that is still done to it is in vain. */
  boolean gone() {
    return gone;
  }

  /** Whether a turn has not ended. */
  boolean busy() {
    return busy;
  }

  /** Under which number it is filed with the idle ones. Under the lock. */
  long idleSince() {
    return idleSince;
  }

  /** Under the lock. */
  void idleSince(long use) {
    idleSince = use;
  }

  /** What it takes, with its turns. Under the lock. */
  long bytes() {
    return bytes;
  }

  /** Under the lock. */
  List<StoredTurn> turns() {
    return turns;
  }

  /** Under the lock. */
  void replace(Conversation newer) {
    bytes += Footprint.of(newer) - Footprint.of(conversation);
    conversation = newer;
  }

  /** Under the lock. */
  StoredTurn add(Turn turn) {
    StoredTurn added = new StoredTurn(this, turns.size(), turn);
    turns.add(added);
    bytes += Footprint.of(turn);
    if (!turn.hasEnded()) {
      line.enter(added);
      busy = true;
    }
    return added;
  }

  /** Under the lock. */
  void replace(StoredTurn stored, Turn newer) {
    bytes += Footprint.of(newer) - Footprint.of(stored.turn());
    stored.replace(newer);
    if (newer.hasEnded()) {
      line.leave(stored);
      busy = !line.isEmpty();
      changed.signalAll();
    }
  }

  /** The last turns, newest first. */
  List<Turn> newest(int limit) {
    return locked(() -> walkBack(turns.size(), limit));
  }

  /** The turns before one, newest first. */
  List<Turn> before(StoredTurn turn, int limit) {
    return locked(() -> walkBack(turn.index(), limit));
  }

  private List<Turn> walkBack(int end, int limit) {
    return turns.subList(Math.max(0, end - limit), end).reversed().stream()
        .map(StoredTurn::turn)
        .toList();
  }

  /** Sends away who waits in the line. Under the lock. */
  void disband() {
    gone = true;
    changed.signalAll();
  }

  /**
   * Blocks until another number of turns is ahead of one than was known.
   *
   * @param known -1 for none, which does not block
   * @return that other number
   * @throws ChatException {@link Failure.NotFound} once this is gone
   */
  int awaitMove(StoredTurn turn, int known) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!gone && turn.ahead() == known) {
        changed.await();
      }
      if (gone) {
        throw new ChatException(new Failure.NotFound("turn"));
      }
      return turn.ahead();
    } finally {
      lock.unlock();
    }
  }
}
