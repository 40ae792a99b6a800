package dev.groqchat.simulator;

import dev.groqchat.simulator.Fault.AfterTokens;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Sends an answer as a stream: one token a frame, each when it is due, until it is over or the
 * script has it otherwise.
 */
final class StreamedAnswer {
  /**
   * So many frames fit into what is written at once; it also bounds how late a client that has gone
   * is noticed.
   */
  private static final int BATCH = 64;

  private final Answer answer;
  private final Script script;
  private final Exchange exchange;
  private final Frames frames;
  private final Wire wire;
  private final Optional<AfterTokens> fault;

  StreamedAnswer(Answer answer, Frames.Identity identity, Script script, Exchange exchange)
      throws IOException {
    this.answer = answer;
    this.script = script;
    this.exchange = exchange;
    frames = new Frames(identity, script.looks());
    fault = script.fault().filter(AfterTokens.class::isInstance).map(AfterTokens.class::cast);
    wire = exchange.stream(script);
  }

  /**
   * Blocks until the last byte is on its way.
   *
   * @throws Wire.Broken if the script ended it
   * @throws InterruptedException if the client has gone
   */
  void send(boolean usageFrame, int promptTokens) throws IOException, InterruptedException {
    if (script.looks().has(Quirk.COMMENTS)) comment();
    long queued = exchange.elapsedNanos();
    stallIf(0, new Pace(0));
    new Pace(0).pause(script.pacing().first().orElse(Duration.ZERO));
    var pace = new Pace(script.pacing().rate().orElse(0));
    wire.body(frames.role());
    tokens(pace);
    var usage =
        new Usage(
            promptTokens, answer.tokens(), answer.reasoning().size(), queued, pace.elapsedNanos());
    if (script.looks().has(Quirk.COMMENTS)) comment();
    wire.body(frames.finish(answer.finish(), usage));
    if (usageFrame || script.looks().has(Quirk.OPENROUTER)) wire.body(frames.usage(usage));
    if (!script.looks().has(Quirk.NO_DONE)) wire.body(frames.done());
    wire.end();
  }

  private void tokens(Pace pace) throws IOException, InterruptedException {
    int size = answer.size();
    for (int next = 0; next < size; ) {
      if (next > 0) stallIf(next, pace);
      int from = next;
      pace.await(next);
      do {
        before(next);
        token(next++);
      } while (next < size
          && next - from < BATCH
          && pace.isDue(next)
          && !script.pacing().stallsAfter(next));
      wire.flush();
      exchange.sentTokens(next);
    }
    if (size > 0) stallIf(size, pace);
    before(size);
  }

  private void token(int i) throws IOException {
    int thoughts = answer.reasoning().size();
    if (i < thoughts) wire.body(frames.reasoning(answer.reasoning().get(i)));
    else if (answer.tool().isPresent()) wire.body(frames.tool(answer.tool().get()));
    else wire.body(frames.content(answer.content().get(i - thoughts)));
  }

  /** What the script has in store between the token before this one and this one. */
  private void before(int token) throws IOException {
    var looks = script.looks();
    if (fault.isPresent() && Math.min(fault.get().tokens(), answer.size()) == token)
      breakOff(fault.get().how(), token);
    if (looks.garbageAfter().isPresent()
        && Math.min(looks.garbageAfter().getAsInt(), answer.size()) == token)
      wire.body(frames.garbage());
    if (token == answer.size()) return;
    if (looks.has(Quirk.COMMENTS)) comment();
    if (looks.has(Quirk.EMPTY_CHOICES)) wire.body(frames.emptyChoices());
    if (looks.longLine() > 0 && token == 0) wire.body(frames.longLine());
  }

  private void breakOff(Fault.Break how, int token) throws IOException {
    switch (how) {
      case CUT, RESET -> wire.flush();
      case END -> wire.end();
      case ERROR_EVENT -> {
        wire.body(frames.errorEvent());
        wire.end();
      }
      case OPENROUTER_ERROR -> {
        wire.body(frames.openRouterError());
        wire.body(frames.done());
        wire.end();
      }
    }
    exchange.sentTokens(token);
    throw new Wire.Broken(how);
  }

  private void comment() throws IOException {
    wire.body(frames.comment());
    wire.flush();
  }

  private void stallIf(int token, Pace pace) throws IOException, InterruptedException {
    if (!script.pacing().stallsAfter(token)) return;
    wire.flush();
    pace.pause(script.pacing().stallFor());
  }
}
