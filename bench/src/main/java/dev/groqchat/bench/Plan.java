package dev.groqchat.bench;

import java.time.Duration;

/**
 * What a load does.
 *
 * @param connections each with one question at a time; the next follows the answer
 * @param tokens of every answer
 * @param rate tokens a second of every answer; 0 for all at once
 * @param ramp over which the connections begin
 * @param rest of a connection before each of its questions
 * @param together all ask at the same moment, and again when all have their answers
 * @param headers more headers, each with its line's end
 * @param fault what the upstream is to do wrong in every answer
 */
record Plan(
    Surface surface,
    int connections,
    int tokens,
    int rate,
    Duration ramp,
    Duration rest,
    boolean together,
    String headers,
    Pace.Fault fault) {
  /** Beginnings are spread over one answer, so that they do not march in step. */
  static Plan streams(Surface surface, int connections, int tokens, int rate) {
    Duration ramp = rate == 0 ? Duration.ZERO : Duration.ofMillis(1000L * tokens / rate);
    return new Plan(
        surface, connections, tokens, rate, ramp, Duration.ZERO, false, "", Pace.Fault.NONE);
  }

  static Plan together(Surface surface, int connections, int tokens, int rate) {
    return new Plan(
        surface,
        connections,
        tokens,
        rate,
        Duration.ZERO,
        Duration.ofMillis(100),
        true,
        "",
        Pace.Fault.NONE);
  }

  Plan ramp(Duration other) {
    return new Plan(surface, connections, tokens, rate, other, rest, together, headers, fault);
  }

  Plan rest(Duration other) {
    return new Plan(surface, connections, tokens, rate, ramp, other, together, headers, fault);
  }

  /** Short answers on the same surface, as many as go. */
  Plan brief() {
    return streams(surface, 64, 20, 0);
  }

  Plan on(Surface other) {
    return new Plan(other, connections, tokens, rate, ramp, rest, together, headers, fault);
  }

  /** All in one conversation. */
  Plan inConversation(String id) {
    String header = "x-session-id: " + id + "\r\n";
    return new Plan(surface, connections, tokens, rate, ramp, rest, together, header, fault);
  }

  Plan with(Pace.Fault planted) {
    return new Plan(surface, connections, tokens, rate, ramp, rest, together, headers, planted);
  }

  /** What the next answer is to be; a fault is in its middle. */
  Pace pace(int from) {
    return new Pace(tokens, rate, from, fault, tokens / 2);
  }

  /** From the first question until all that is asked at a time is under way, and a little more. */
  Duration settling() {
    return ramp.plusMillis(500);
  }
}
