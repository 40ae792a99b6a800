package dev.groqchat.simulator;

import dev.groqchat.simulator.Fault.AfterTokens;
import dev.groqchat.simulator.Fault.AtByte;
import dev.groqchat.simulator.Fault.BeforeHead;
import dev.groqchat.simulator.Fault.Break;
import dev.groqchat.simulator.Fault.Refusal;
import java.time.Duration;
import java.util.Optional;

/**
 * How one request is answered. Immutable; every method returns a script with one thing more. The
 * same script comes three ways: from code ({@link Simulator#script}), from the request's header
 * {@code X-Simulator}, or from the last user message, whose first line is {@code /sim} and the
 * options. The first that is there is used, in this order.
 *
 * <p>The syntax of the latter two, also read by {@link #of(String)}: options separated by blanks,
 * each {@code name=value} or, for a switch, {@code name}. Durations are {@code 250ms}, {@code 2s},
 * {@code 1m}. A value with blanks stands in double quotes.
 *
 * <pre>
 * what      text="..."  tokens=n  reasoning=n  thinking="..."  tool[=name]  arguments="{...}"  finish=reason
 * when      rate=tokens/s (0: at once)  first=duration  head=duration
 *           stall-after=n  stall-head  stall-for=duration (default: until the client goes)
 * fault     error=status or kind  retry-after=duration
 * (one)     cut-after=n  cut-at=byte  cut-head        the connection is closed (FIN)
 *           reset-after=n  reset-at=byte  reset-head  the connection is reset (RST)
 *           end-after=n                               a proper end without finish_reason
 *           error-after=n                             event: error, then the end
 *           openrouter-error-after=n                  OpenRouter's chunk with an error
 * looks     garbage-after=n  long-line=bytes  comments  crlf  no-done  empty-choices  unknown-fields  raw-breaks
 *           split-bytes  split-characters  split-pairs  openrouter
 * </pre>
 *
 * Counts are of tokens, reasoning included; bytes are those of the body. A script does not spare
 * the request the checks for key, model, form and limits, except when it refuses or ends before the
 * head.
 */
public record Script(Reply reply, Pacing pacing, Optional<Fault> fault, Looks looks) {
  private static final Script DEMO =
      new Script(Reply.DEMO, Pacing.DEFAULT, Optional.empty(), Looks.PLAIN);

  /** What is said to everybody: a readable answer at the configured pace. */
  public static Script demo() {
    return DEMO;
  }

  public static Script saying(String text) {
    return DEMO.with(DEMO.reply.saying(text));
  }

  /** So many tokens, which count: {@code 1 2 3 ...}. */
  public static Script counting(int tokens) {
    return DEMO.with(DEMO.reply.counting(tokens));
  }

  /** Calls the function with these arguments, if the request offers functions. */
  public static Script calling(String function, String argumentsJson) {
    return DEMO.with(DEMO.reply.calling(function, Optional.of(argumentsJson)));
  }

  /** An error instead of an answer. */
  public static Script refusing(int status) {
    return DEMO.with(new Refusal(Integer.toString(status), Optional.empty()));
  }

  /** Reads the options; throws {@link BadScript}, which names the one at fault. */
  public static Script of(String options) {
    return ScriptSyntax.read(options);
  }

  public Script thinking(String text) {
    return with(reply.thinking(text));
  }

  public Script rate(double tokensPerSecond) {
    return with(pacing.rate(tokensPerSecond));
  }

  public Script firstTokenAfter(Duration silence) {
    return with(pacing.first(silence));
  }

  public Script headAfter(Duration silence) {
    return with(pacing.head(silence));
  }

  public Script stallBeforeHead() {
    return with(pacing.stallAfter(Pacing.BEFORE_HEAD));
  }

  /**
   * Silent after so many tokens, 0 for before the first one, until the client goes or {@link
   * #stallFor} is over.
   */
  public Script stallAfter(int tokens) {
    return with(pacing.stallAfter(tokens));
  }

  public Script stallFor(Duration silence) {
    return with(pacing.stallFor(silence));
  }

  public Script breakBeforeHead(Break how) {
    return with(new BeforeHead(how));
  }

  public Script breakAfter(int tokens, Break how) {
    return with(new AfterTokens(tokens, how));
  }

  public Script breakAt(long bytes, Break how) {
    return with(new AtByte(bytes, how));
  }

  public Script garbageAfter(int tokens) {
    return with(looks.garbageAfter(tokens));
  }

  public Script longLine(int bytes) {
    return with(looks.longLine(bytes));
  }

  public Script with(Quirk... quirks) {
    var all = looks;
    for (var quirk : quirks) all = all.with(quirk);
    return with(all);
  }

  Script with(Reply other) {
    return new Script(other, pacing, fault, looks);
  }

  Script with(Pacing other) {
    return new Script(reply, other, fault, looks);
  }

  Script with(Looks other) {
    return new Script(reply, pacing, fault, other);
  }

  Script with(Fault other) {
    return new Script(reply, pacing, Optional.of(other), looks);
  }
}
