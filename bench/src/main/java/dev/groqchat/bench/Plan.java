package dev.groqchat.bench;

import java.time.Duration;

/**
 * What a load does.
 *
 * @param connections each with one question at a time; the next follows the answer at once
 * @param tokens of every answer
 * @param rate tokens a second of every answer; 0 for all at once
 * @param ramp over which the connections begin
 * @param together all ask at the same moment, and again when all have their answers
 * @param headers more headers, each with its line's end
 */
record Plan(
    Surface surface,
    int connections,
    int tokens,
    int rate,
    Duration ramp,
    boolean together,
    String headers) {
  /** Beginnings are spread over one answer, so that they do not march in step. */
  static Plan streams(Surface surface, int connections, int tokens, int rate) {
    Duration ramp = rate == 0 ? Duration.ZERO : Duration.ofMillis(1000L * tokens / rate);
    return new Plan(surface, connections, tokens, rate, ramp, false, "");
  }

  static Plan together(Surface surface, int connections, int tokens, int rate) {
    return new Plan(surface, connections, tokens, rate, Duration.ZERO, true, "");
  }

  Plan ramp(Duration ramp) {
    return new Plan(surface, connections, tokens, rate, ramp, together, headers);
  }

  Plan on(Surface other) {
    return new Plan(other, connections, tokens, rate, ramp, together, headers);
  }
}
