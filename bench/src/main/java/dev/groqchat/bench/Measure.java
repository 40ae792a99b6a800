package dev.groqchat.bench;

import java.util.function.ToDoubleFunction;

/**
 * A row of the table.
 *
 * @param value of one leg
 * @param compared how the service is set against another of the same round
 * @param goal as a person reads it; empty for none
 */
record Measure(String name, ToDoubleFunction<Leg> value, Compared compared, String goal) {
  /** What a target is held against. */
  enum Compared {
    BY_ITSELF,
    AS_A_MULTIPLE_OF_NGINX,
    MORE_THAN_DIRECT,
    MORE_THAN_NGINX
  }

  static final Measure TOKENS_PER_SECOND =
      plain("tokens/s", it -> it.seen().tokens() / it.seconds());
  static final Measure ANSWERS_PER_SECOND =
      plain("answers/s", it -> it.seen().answers() / it.seconds());
  static final Measure FIRST_P50 = firstOverDirect(50, "");
  static final Measure FIRST_P99 = firstOverDirect(99, "");
  static final Measure RSS = plain("RSS, MiB", it -> it.rssKib() / 1024.0);

  static Measure cpuPerToken(String goal) {
    return new Measure(
        "CPU per token, µs", Leg::cpuMicrosPerToken, Compared.AS_A_MULTIPLE_OF_NGINX, goal);
  }

  static Measure cpuPerRequest(String goal) {
    return new Measure(
        "CPU per request, µs", Leg::cpuMicrosPerAnswer, Compared.AS_A_MULTIPLE_OF_NGINX, goal);
  }

  static Measure gap(String goal) {
    return new Measure(
        "token gap p99, ms", it -> it.seen().gapMillis(99), Compared.BY_ITSELF, goal);
  }

  static Measure firstOverDirect(double percentile, String goal) {
    return firstToken(percentile, Compared.MORE_THAN_DIRECT, goal);
  }

  static Measure firstOverNginx(double percentile, String goal) {
    return firstToken(percentile, Compared.MORE_THAN_NGINX, goal);
  }

  private static Measure firstToken(double percentile, Compared compared, String goal) {
    return new Measure(
        "first token p%.0f, ms".formatted(percentile),
        it -> it.seen().firstTokenMillis(percentile),
        compared,
        goal);
  }

  private static Measure plain(String name, ToDoubleFunction<Leg> value) {
    return new Measure(name, value, Compared.BY_ITSELF, "");
  }
}
