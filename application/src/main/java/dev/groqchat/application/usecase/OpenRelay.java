package dev.groqchat.application.usecase;

import dev.groqchat.application.port.in.RelayQuestion.Begun;
import dev.groqchat.application.port.in.RelayQuestion.Relay;
import dev.groqchat.application.port.out.ReplyStream;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.traffic.Allowance;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A relay that has its place. Has no thread of its own: who reads the reply, and whoever closes it,
 * does the work. What it has open is let go once, by the closer, or by the reader where that is
 * still about; a reply that is whole or has failed, at once.
 */
final class OpenRelay implements Relay {
  private static final System.Logger LOG = System.getLogger(OpenRelay.class.getName());

  private final Allowance allowance;
  private final Stoppable open;
  private final Candidates candidates;
  private final Run run;
  private final RelayLog log;
  private final Runnable settle;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock.
  private @Nullable ReplyStream reply;
  private boolean begun;
  private boolean busy;
  private boolean closed;

  /**
   * A relay that has not begun.
   *
   * @param settle runs once, when it is over
   */
  OpenRelay(
      Allowance allowance,
      Stoppable open,
      Candidates candidates,
      RelayInquiry inquiry,
      RelayLog log,
      Runnable settle) {
    this.allowance = allowance;
    this.open = open;
    this.candidates = candidates;
    this.run = new Run(open, inquiry, log.stopwatch());
    this.log = log;
    this.settle = settle;
    log.stopwatch().gone();
  }

  @Override
  public Allowance allowance() {
    return allowance;
  }

  @Override
  public Begun begin() throws InterruptedException {
    enter(false);
    return working(() -> {
      Replies.Answer answer = candidates.open(run);
      hold(answer.reply());
      log.begun(answer.reply(), answer.reuse());
      return new Begun(answer.reply().model(), answer.reuse());
    });
  }

  @Override
  public List<String> next() throws InterruptedException {
    enter(true);
    return working(() -> {
      List<String> pieces = List.of();
      while (pieces.isEmpty() && !log.whole()) {
        pieces = log.took(run.asking(held()::next));
      }
      if (log.whole()) {
        letGo();
      }
      return pieces;
    });
  }

  /** What fails is over at once: the model is left, though the place is not. */
  private <T> T working(Stoppable.Wait<T> work) throws InterruptedException {
    boolean well = false;
    try {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted beforehand");
      }
      T done = work.await();
      well = true;
      return done;
    } catch (InterruptedException e) {
      throw stopped(e);
    } catch (ChatException e) {
      // What fails after a stop has failed of it: somebody has closed what was being read.
      if (open.stopped()) {
        throw stopped(new InterruptedException("closed"));
      }
      throw failed(e);
    } catch (RuntimeException | Error e) {
      LOG.log(System.Logger.Level.ERROR, "a relay failed", e);
      throw failed(new ChatException(new Failure.Internal()));
    } finally {
      if (!well) {
        letGo();
      }
      leave();
    }
  }

  private ChatException failed(ChatException e) {
    log.failed(e.failure());
    return e;
  }

  /** A shutdown is no wish of the caller's, who has to be told. */
  private InterruptedException stopped(InterruptedException e) {
    if (open.shutDown()) {
      throw failed(new ChatException(Places.goingAway()));
    }
    return e;
  }

  private void enter(boolean again) throws InterruptedException {
    lock.lock();
    try {
      if (busy || again != begun) {
        throw new IllegalStateException("a relay begins once, then is read, by one thread");
      }
      if (closed) {
        throw new InterruptedException("closed");
      }
      begun = true;
      busy = true;
      log.stopwatch().back();
    } finally {
      lock.unlock();
    }
  }

  private ReplyStream held() {
    lock.lock();
    try {
      if (reply == null) {
        throw new ChatException(new Failure.ReplyCut());
      }
      return reply;
    } finally {
      lock.unlock();
    }
  }

  private void letGo() {
    ReplyStream left;
    lock.lock();
    try {
      left = reply;
    } finally {
      lock.unlock();
    }
    if (left != null) {
      left.close();
    }
  }

  /** Keeps the reply for whoever closes this, unless that has been done: then it is closed here. */
  private void hold(ReplyStream answer) throws InterruptedException {
    boolean late;
    lock.lock();
    try {
      late = closed;
      reply = answer;
    } finally {
      lock.unlock();
    }
    if (late) {
      answer.close();
      throw new InterruptedException("closed");
    }
  }

  private void leave() {
    boolean over;
    lock.lock();
    try {
      busy = false;
      over = closed;
      log.stopwatch().gone();
    } finally {
      lock.unlock();
    }
    if (over) {
      settle.run();
    }
  }

  @Override
  public void close() {
    boolean idle;
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      idle = !busy;
    } finally {
      lock.unlock();
    }
    open.stop();
    letGo();
    if (idle) {
      settle.run();
    }
  }
}
