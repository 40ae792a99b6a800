package dev.groqchat.application.usecase;

import dev.groqchat.application.port.out.ReplyCache.Kept;
import dev.groqchat.application.port.out.ReplyStream;
import dev.groqchat.application.port.out.ReplyStream.Part;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.model.ModelId;
import dev.groqchat.domain.traffic.ProviderLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One reply of the model, read by a thread of its own for any number of readers, each of whom gets
 * all of it: who comes later what there is, then the rest as it comes. When the last reader leaves,
 * the model is left, and the thread ends. Holds the reply as its readers do anyway. Thread-safe.
 */
final class SharedReply {
  private static final System.Logger LOG = System.getLogger(SharedReply.class.getName());

  private final ReplyStream upstream;
  private final Consumer<Kept> whole;
  private final Runnable over;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();

  // Guarded by lock.
  private final List<Part> parts = new ArrayList<>();
  private int readers;
  private boolean ended;
  private boolean left;
  private @Nullable Failure failure;

  /**
   * A reply that nobody reads yet.
   *
   * @param whole gets the reply if it comes to its end, before any reader sees that
   * @param over runs then, or when the reply has failed, or the last reader has left; idempotent
   */
  SharedReply(ReplyStream upstream, Consumer<Kept> whole, Runnable over) {
    this.upstream = upstream;
    this.whole = whole;
    this.over = over;
  }

  /** One more reader, the first of whom sets the reading going; null once the last has left. */
  @Nullable ReplyStream join() {
    lock.lock();
    try {
      if (left) {
        return null;
      }
      if (readers++ == 0 && !ended) {
        Thread.ofVirtual().name("shared-reply").start(this::read);
      }
      return new Reader();
    } finally {
      lock.unlock();
    }
  }

  private void read() {
    ReplyCollector collector = new ReplyCollector();
    try (upstream) {
      while (collector.end() == null) {
        List<Part> fresh = upstream.next();
        List<?> _ = collector.take(fresh);
        if (collector.end() != null) {
          whole.accept(collector.kept(upstream.model()));
          over.run();
        }
        took(fresh, null);
      }
    } catch (ChatException e) {
      fail(e.failure());
    } catch (InterruptedException | RuntimeException | Error e) {
      LOG.log(System.Logger.Level.ERROR, "a reply could not be read", e);
      fail(new Failure.Internal());
    }
  }

  private void fail(Failure why) {
    over.run();
    took(List.of(), why);
  }

  private void took(List<Part> fresh, @Nullable Failure why) {
    lock.lock();
    try {
      parts.addAll(fresh);
      failure = why;
      ended = why != null || (!parts.isEmpty() && parts.getLast() instanceof Part.End);
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void leave() {
    boolean last;
    lock.lock();
    try {
      readers--;
      left = readers == 0;
      last = left;
    } finally {
      lock.unlock();
    }
    if (last) {
      over.run();
      upstream.close();
    }
  }

  /** One reader's way through the reply. */
  private final class Reader implements ReplyStream {
    private int read;
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
        while (read == parts.size() && !ended && !closed) {
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
      if (read == parts.size()) {
        throw new ChatException(failure == null ? new Failure.ReplyCut() : failure);
      }
      List<Part> fresh = List.copyOf(parts.subList(read, parts.size()));
      read = parts.size();
      return fresh;
    }

    @Override
    public void close() {
      lock.lock();
      try {
        if (closed) {
          return;
        }
        closed = true;
        news.signalAll();
      } finally {
        lock.unlock();
      }
      leave();
    }
  }
}
