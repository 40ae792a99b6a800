package dev.groqchat.application.usecase;

import dev.groqchat.application.port.out.ReplyCache.Kept;
import dev.groqchat.application.port.out.ReplyStream;
import dev.groqchat.application.port.out.ReplyStream.Part;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.model.ModelId;
import dev.groqchat.domain.traffic.ProviderLimits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One reply of the model, read by a thread of its own for any number of readers, each of whom gets
 * all of it: who comes later what there is, then the rest as it comes. The model is read no faster
 * than the quickest reader reads. When the last reader leaves, the model is left, and the thread
 * ends. Thread-safe.
 *
 * <p>Bounded: a reply over {@link #MOST} is neither kept nor shared with anybody new, and only
 * those of its parts are held that a reader still needs; who is so far behind the others holds them
 * up. Longer than most classes, so that all that one lock guards is in one place.
 */
final class SharedReply {
  /** What is held at most, as {@link Backlog} weighs it, but for what comes at one time. */
  static final int MOST = 1 << 20;

  /** How far the model is read ahead of the quickest reader. */
  static final int LEAD = 1 << 16;

  /** The most parts that a reader is given at one time. */
  static final int BATCH = 256;

  private static final System.Logger LOG = System.getLogger(SharedReply.class.getName());

  private final ReplyStream upstream;
  private final Consumer<Kept> whole;
  private final Runnable over;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final Condition wanted = lock.newCondition();

  // Guarded by lock.
  private final List<Reader> readers = new ArrayList<>();
  private final Backlog backlog = new Backlog();
  private boolean begun;
  private boolean tooLong;
  private boolean ended;
  private boolean left;
  private @Nullable Failure failure;

  /**
   * A reply that nobody reads yet.
   *
   * @param whole gets the reply if it comes to its end, before any reader sees that
   * @param over runs then, or when the reply has failed, has become too long, or the last reader
   *     has left; idempotent
   */
  SharedReply(ReplyStream upstream, Consumer<Kept> whole, Runnable over) {
    this.upstream = upstream;
    this.whole = whole;
    this.over = over;
  }

  /**
   * One more reader, the first of whom sets the reading going; null once the last has left, or the
   * reply's beginning is gone.
   */
  @Nullable ReplyStream join() {
    lock.lock();
    try {
      if (left || tooLong) {
        return null;
      }
      Reader reader = new Reader();
      readers.add(reader);
      if (!begun) {
        begun = true;
        Thread.ofVirtual().name("shared-reply").start(this::read);
      }
      return reader;
    } finally {
      lock.unlock();
    }
  }

  private void read() {
    try (upstream) {
      while (untilWanted()) {
        took(upstream.next());
      }
    } catch (ChatException e) {
      fail(e.failure());
    } catch (InterruptedException | RuntimeException | Error e) {
      LOG.log(System.Logger.Level.ERROR, "a reply could not be read", e);
      fail(new Failure.Internal());
    }
  }

  /** Waits until a reader needs more; false if nobody ever will. */
  private boolean untilWanted() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!ended && !left && !isWanted()) {
        wanted.await();
      }
      return !ended && !left;
    } finally {
      lock.unlock();
    }
  }

  private boolean isWanted() {
    if (tooLong) {
      readers.stream()
          .map(reader -> reader.at)
          .min(Comparator.comparingLong(Backlog.Mark::parts))
          .ifPresent(backlog::forgetBefore);
    }
    long end = backlog.end().weight();
    return backlog.weight() <= MOST
        && readers.stream().anyMatch(reader -> end - reader.at.weight() <= LEAD);
  }

  private void took(List<Part> fresh) {
    // Nobody else writes what is read here, so there is no need for the lock.
    boolean last = fresh.getLast() instanceof Part.End;
    boolean beyond = backlog.end().past(fresh).weight() > MOST;
    if (last && !beyond) {
      keep(fresh);
    }
    if (last || beyond) {
      over.run();
    }
    changed(() -> {
      backlog.add(fresh);
      tooLong = beyond;
      ended = last;
    });
  }

  private void keep(List<Part> fresh) {
    ReplyCollector collector = new ReplyCollector();
    List<?> _ = collector.take(backlog.all());
    List<?> _ = collector.take(fresh);
    whole.accept(collector.kept(upstream.model()));
  }

  private void fail(Failure why) {
    over.run();
    changed(() -> {
      failure = why;
      ended = true;
    });
  }

  /** Makes a change, and tells everybody. */
  private void changed(Runnable change) {
    lock.lock();
    try {
      change.run();
      news.signalAll();
      wanted.signal();
    } finally {
      lock.unlock();
    }
  }

  /** One reader's way through the reply. */
  private final class Reader implements ReplyStream {
    // Guarded by lock.
    private Backlog.Mark at = Backlog.Mark.BEGINNING;
    private boolean closed;

    @Override
    public ModelId model() {
      return upstream.model();
    }

    @Override
    public ProviderLimits limits() {
      return upstream.limits();
    }

    @Override
    public List<Part> next() throws InterruptedException {
      lock.lockInterruptibly();
      try {
        while (at.equals(backlog.end()) && !ended && !closed) {
          news.await();
        }
        return fresh();
      } finally {
        lock.unlock();
      }
    }

    private List<Part> fresh() {
      if (closed) {
        throw new ChatException(new Failure.ReplyCut());
      }
      if (at.equals(backlog.end())) {
        throw new ChatException(failure == null ? new Failure.ReplyCut() : failure);
      }
      List<Part> fresh = backlog.after(at, BATCH);
      at = at.past(fresh);
      wanted.signal();
      return fresh;
    }

    @Override
    public void close() {
      changed(() -> {
        closed = true;
        left |= readers.remove(this) && readers.isEmpty();
      });
      if (isLeft()) {
        over.run();
        upstream.close();
      }
    }
  }

  private boolean isLeft() {
    lock.lock();
    try {
      return left;
    } finally {
      lock.unlock();
    }
  }
}
