package dev.groqchat.application.usecase;

import dev.groqchat.application.port.out.ReplyStream;
import dev.groqchat.application.usecase.admission.Pace;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.turn.Turn;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

/**
 * Runs a turn from its place in its conversation's line to its end, on the turn's own thread. The
 * only writer of its journal, and the only loop that reads a reply.
 */
final class TurnRunner {
  private static final System.Logger LOG = System.getLogger(TurnRunner.class.getName());

  private final Ports ports;
  private final Contexts contexts;
  private final Candidates candidates;
  private final Ends ends;
  private final Pace pace;
  private final LongSupplier nanos;

  TurnRunner(
      Ports ports,
      Contexts contexts,
      Candidates candidates,
      Ends ends,
      Pace pace,
      LongSupplier nanos) {
    this.ports = ports;
    this.contexts = contexts;
    this.candidates = candidates;
    this.ends = ends;
    this.pace = pace;
    this.nanos = nanos;
  }

  /**
   * Runs a turn. Whatever happens, a status and the text so far are stored, and one ending is
   * journalled.
   *
   * @return tokens that it used
   */
  long run(OpenTurn open) {
    Stopwatch stopwatch = new Stopwatch(nanos);
    TurnWriter writer = new TurnWriter(open.turn(), ports, ends, stopwatch);
    Run run = new Run(open, new TurnInquiry(open, writer, contexts), stopwatch);
    Runnable ending = ending(open, writer, run, stopwatch);
    open.attendance().ending();
    try {
      ending.run();
    } catch (RuntimeException | Error e) {
      // A reply that cannot be counted, or an ending that the journal did not take at first.
      writer.fail(internal(open, e));
    } finally {
      writer.letGo();
    }
    return writer.spent();
  }

  /** Does everything but the end, and says which one it is. */
  private Runnable ending(OpenTurn open, TurnWriter writer, Run run, Stopwatch stopwatch) {
    try {
      awaitItsTurn(open.turn(), run);
      converse(run, writer);
      if (!writer.reused()) {
        pace.turnTook(stopwatch.sinceQueue());
      }
      return writer::finish;
    } catch (InterruptedException _) {
      return stopped(open, writer);
    } catch (ChatException e) {
      // What fails after a stop may have failed of it: a conversation that is deleted is gone.
      return open.stopped() ? stopped(open, writer) : () -> writer.fail(e.failure());
    } catch (RuntimeException | Error e) {
      return () -> writer.fail(internal(open, e));
    }
  }

  private static Runnable stopped(OpenTurn open, TurnWriter writer) {
    return open.shutDown() ? () -> writer.fail(Places.goingAway()) : writer::stop;
  }

  private static Failure internal(OpenTurn open, Throwable cause) {
    LOG.log(System.Logger.Level.ERROR, "turn " + open.turn().id() + " failed", cause);
    return new Failure.Internal();
  }

  private void awaitItsTurn(Turn turn, Run run) throws InterruptedException {
    IntConsumer tell = ahead -> run.queued(ahead, pace.eta(ahead));
    run.queueing(() -> {
      ports.turns().awaitHead(turn.conversation(), turn.id(), tell);
      return turn;
    });
  }

  private void converse(Run run, TurnWriter writer) throws InterruptedException {
    Replies.Answer answer = candidates.open(run);
    try (ReplyStream reply = answer.reply()) {
      writer.started(reply.model(), answer.reuse());
      while (!writer.whole()) {
        writer.took(run.asking(reply::next));
      }
    }
  }
}
