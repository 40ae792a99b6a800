package dev.groqchat.application.usecase;

import dev.groqchat.application.port.out.ReplyStream.Part;
import dev.groqchat.application.port.out.Telemetry;
import dev.groqchat.application.port.out.TokenCounter;
import dev.groqchat.application.port.out.TurnJournal;
import dev.groqchat.application.port.out.TurnStore;
import dev.groqchat.domain.conversation.Message;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.model.ModelId;
import dev.groqchat.domain.trimming.CountedMessage;
import dev.groqchat.domain.trimming.Encoding;
import dev.groqchat.domain.trimming.TokenCount;
import dev.groqchat.domain.turn.Reply;
import dev.groqchat.domain.turn.Reuse;
import dev.groqchat.domain.turn.Timings;
import dev.groqchat.domain.turn.Turn;
import dev.groqchat.domain.turn.TurnEvent;
import dev.groqchat.domain.turn.TurnState;
import dev.groqchat.domain.turn.Usage;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The one writer of one turn: what happens to it goes into the store and the journal here. An end
 * is stored before it is journalled, so that whoever has seen the end can read the turn. For the
 * turn's thread.
 */
final class TurnWriter {
  private static final System.Logger LOG = System.getLogger(TurnWriter.class.getName());

  /** What a client should wait before it asks a store again that did not take an end. */
  private static final Duration STORE_RETRY = Duration.ofSeconds(2);

  private final TurnStore turns;
  private final Ends ends;
  private final TurnJournal journal;
  private final TokenCounter tokens;
  private final Telemetry telemetry;
  private final Stopwatch stopwatch;
  private final ReplyCollector collector = new ReplyCollector();
  private Turn turn;
  private Contexts.@Nullable Context context;
  private @Nullable Reuse reuse;
  private TurnState.@Nullable Ended told;
  private boolean stored;
  private boolean complete;
  private long lastSeq;

  TurnWriter(Turn turn, Ports ports, Ends ends, Stopwatch stopwatch) {
    this.turn = turn;
    this.turns = ports.turns();
    this.ends = ends;
    this.journal = ports.journal();
    this.tokens = ports.tokens();
    this.telemetry = ports.telemetry();
    this.stopwatch = stopwatch;
  }

  /** It waits. */
  void queued(int position, Duration eta) {
    journalled(List.of(new TurnEvent.Queued(position, eta)));
  }

  /** The model is about to be asked. */
  void asked(Contexts.Context with) {
    context = with;
    turn = turn.running(with.sent());
    turns.update(turn);
  }

  /**
   * The model answers.
   *
   * @param from null if a reply that was made before would not have done
   */
  void started(ModelId model, @Nullable Reuse from) {
    reuse = from;
    turn = turn.answeredBy(model);
    journalled(List.of(new TurnEvent.Started(turn.id(), turn.conversation().id(), model, from)));
  }

  /** Some of the reply has come. */
  void took(List<Part> parts) {
    List<TurnEvent> events = collector.take(parts);
    if (!events.isEmpty()) {
      stopwatch.token();
      journalled(events);
    }
  }

  /** Whether the reply is whole. */
  boolean whole() {
    return collector.end() != null;
  }

  /** The turn ends with a whole reply. */
  void finish() {
    Part.End end = Objects.requireNonNull(collector.end(), "the reply is not whole");
    Reply reply = reply();
    Usage usage = end.usage() == null ? estimated(reply) : end.usage();
    end(new TurnState.Finished(reply, end.reason(), usage, stopwatch.stop(), lastSeq + 1));
  }

  /** The turn ends because it was told to; nothing is open towards the model any more. */
  void stop() {
    end(new TurnState.Stopped(reply(), true, stopwatch.stop(), lastSeq + 1));
  }

  /** The turn ends with what there is. */
  void fail(Failure failure) {
    end(new TurnState.Failed(reply(TokenCount.UNCOUNTED), failure, stopwatch.stop(), lastSeq + 1));
  }

  /** Whether the reply was made for another turn. */
  boolean reused() {
    return reuse == Reuse.HIT || reuse == Reuse.JOINED;
  }

  /** Tokens that the turn has used, as far as that is known; none if no model has answered. */
  long spent() {
    if (reused()) {
      return 0; // Whoever asked the model pays.
    }
    if (told instanceof TurnState.Finished end) {
      return end.usage().totalTokens();
    }
    return turn.model() == null || context == null ? 0 : context.cost() + counted();
  }

  private long counted() {
    try {
      return tokens.count(encoding(), collector.text());
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "what turn " + turn.id() + " used is not known", e);
      return 0;
    }
  }

  /** A second try at an end only tells what the first has stored. */
  private void end(TurnState.Ended end) {
    if (told == null) {
      told = stored(end);
      ModelId model = Objects.requireNonNullElse(turn.model(), turn.options().model());
      telemetry.note(new Telemetry.Fact.Ended(model, told));
    }
    journalled(List.of(told.event()));
    complete = stored;
  }

  /** The turn is over: it is let go, or what is missing of its end is done later. */
  void letGo() {
    if (told != null) {
      ends.letGo(turn.ended(told), complete);
    }
  }

  private TurnState.Ended stored(TurnState.Ended end) {
    try {
      turns.update(turn.ended(end));
      stored = true;
      return end;
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "the end of turn " + turn.id() + " was not stored", e);
      return notStored(end.reply(), end.timings());
    }
  }

  private TurnState.Failed notStored(Reply reply, Timings timings) {
    Failure failure = new Failure.StoreUnavailable(STORE_RETRY);
    return new TurnState.Failed(reply, failure, timings, lastSeq + 1);
  }

  private void journalled(List<TurnEvent> events) {
    lastSeq = journal.append(turn.id(), events);
  }

  private Reply reply() {
    Encoding encoding = encoding();
    return reply(new TokenCount(tokens.count(encoding, collector.text()), encoding));
  }

  private Reply reply(TokenCount count) {
    Message answer = Message.assistant(collector.text());
    return new Reply(new CountedMessage(answer, count), collector.reasoning());
  }

  private Usage estimated(Reply reply) {
    long prompt = context == null ? 0 : context.cost();
    long reasoning = tokens.count(encoding(), reply.reasoning());
    return new Usage(prompt, reply.answer().count().tokens() + reasoning, false);
  }

  private Encoding encoding() {
    return tokens.encodingOf(turn.options().model());
  }
}
