package dev.groqchat.application.usecase;

import dev.groqchat.application.port.out.ChatModel;
import dev.groqchat.application.port.out.ReplyStream;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.turn.Turn;
import dev.groqchat.domain.turn.TurnOptions;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

/**
 * Runs a turn from its place in the line to its end, on the turn's own thread. The only writer of
 * its journal, and the only loop that touches the model.
 */
final class TurnRunner {
  private static final System.Logger LOG = System.getLogger(TurnRunner.class.getName());

  private final Ports ports;
  private final Contexts contexts;
  private final Ends ends;
  private final Pace pace;
  private final LongSupplier nanos;

  TurnRunner(Ports ports, Contexts contexts, Ends ends, Pace pace, LongSupplier nanos) {
    this.ports = ports;
    this.contexts = contexts;
    this.ends = ends;
    this.pace = pace;
    this.nanos = nanos;
  }

  /**
   * Runs a turn. Whatever happens, a status and the text so far are stored, and one ending is
   * journalled.
   */
  void run(OpenTurn open) {
    Stopwatch stopwatch = new Stopwatch(nanos);
    TurnWriter writer = new TurnWriter(open.turn(), ports, ends, stopwatch);
    Runnable ending = ending(open, writer, stopwatch);
    open.attendance().ending();
    try {
      ending.run();
    } catch (RuntimeException | Error e) {
      // A reply that cannot be counted, or an ending that the journal did not take at first.
      writer.fail(internal(open, e));
    } finally {
      writer.letGo();
    }
  }

  /** Does everything but the end, and says which one it is. */
  private Runnable ending(OpenTurn open, TurnWriter writer, Stopwatch stopwatch) {
    try {
      awaitItsTurn(open, writer, stopwatch);
      converse(open, writer, stopwatch);
      pace.turnTook(stopwatch.sinceQueue());
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
    return open.shutDown()
        ? () -> writer.fail(new Failure.ShuttingDown(OpenTurns.RETRY_AFTER_DRAIN))
        : writer::stop;
  }

  private static Failure internal(OpenTurn open, Throwable cause) {
    LOG.log(System.Logger.Level.ERROR, "turn " + open.turn().id() + " failed", cause);
    return new Failure.Internal();
  }

  private void awaitItsTurn(OpenTurn open, TurnWriter writer, Stopwatch stopwatch)
      throws InterruptedException {
    IntConsumer tell = ahead -> open.uninterruptibly(() -> writer.queued(ahead, pace.eta(ahead)));
    Turn turn = open.turn();
    stopwatch.queueing(
        open,
        () -> {
          ports.turns().awaitHead(turn.conversation(), turn.id(), tell);
          return turn;
        });
  }

  private void converse(OpenTurn open, TurnWriter writer, Stopwatch stopwatch)
      throws InterruptedException {
    Contexts.Context context = contexts.of(open.turn(), open.transcript());
    writer.asked(context);
    ChatModel.Question question = question(open, context);
    try (ReplyStream reply = stopwatch.asking(open, () -> ports.model().answer(question))) {
      writer.started(reply.model());
      while (!writer.whole()) {
        writer.took(stopwatch.asking(open, reply::next));
      }
    }
  }

  private static ChatModel.Question question(OpenTurn open, Contexts.Context context) {
    TurnOptions options = open.turn().options();
    return new ChatModel.Question(
        options.model(),
        context.plain(),
        options.temperature(),
        options.maxTokens(),
        open.caller().requestId());
  }
}
