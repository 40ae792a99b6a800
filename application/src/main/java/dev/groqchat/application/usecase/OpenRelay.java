package dev.groqchat.application.usecase;

import dev.groqchat.application.port.in.RelayQuestion.Begun;
import dev.groqchat.application.port.in.RelayQuestion.Relay;
import dev.groqchat.application.port.out.ReplyStream;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.traffic.Allowance;
import java.util.List;

/**
 * A relay that has its place. Has no thread of its own: who reads the reply, and whoever closes it,
 * does the work. The model is left as soon as the reply is whole, has failed, or is closed; the
 * place is given back by the last to go, the closer or the reader.
 */
final class OpenRelay implements Relay {
  private static final System.Logger LOG = System.getLogger(OpenRelay.class.getName());

  private final Allowance allowance;
  private final Stoppable open;
  private final Candidates candidates;
  private final Run run;
  private final RelayLog log;
  private final Runnable settle;
  private final HeldReply reply = new HeldReply();

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
    reply.enter(false);
    return working(() -> {
      Replies.Answer answer = candidates.open(run);
      log.begun(answer.reply(), answer.reuse());
      reply.hold(answer.reply());
      return new Begun(answer.reply().model(), answer.reuse());
    });
  }

  @Override
  public List<String> next() throws InterruptedException {
    reply.enter(true);
    return working(this::read);
  }

  private List<String> read() throws InterruptedException {
    ReplyStream from = reply.get();
    if (from == null) {
      throw new ChatException(new Failure.ReplyCut());
    }
    List<String> pieces = List.of();
    while (pieces.isEmpty() && !log.whole()) {
      pieces = log.took(run.asking(from::next));
    }
    if (log.whole()) {
      reply.letGo();
    }
    return pieces;
  }

  private <T> T working(Stoppable.Wait<T> work) throws InterruptedException {
    log.stopwatch().back();
    boolean well = false;
    try {
      T done = told(work);
      well = true;
      return done;
    } finally {
      if (!well) {
        reply.letGo();
      }
      log.stopwatch().gone();
      if (reply.leave()) {
        settle.run();
      }
    }
  }

  /** Notes what goes wrong. */
  private <T> T told(Stoppable.Wait<T> work) throws InterruptedException {
    try {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted beforehand");
      }
      return work.await();
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

  @Override
  public void close() {
    HeldReply.Closing closing = reply.close();
    if (closing == HeldReply.Closing.AGAIN) {
      return;
    }
    open.stop();
    reply.letGo();
    if (closing == HeldReply.Closing.LAST) {
      settle.run();
    }
  }
}
