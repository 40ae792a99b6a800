package dev.groqchat.bench;

import java.util.List;
import java.util.stream.Stream;

/**
 * What is measured under one name, in turn directly at the upstream, through nginx, and at the
 * service.
 *
 * @param plan what the service is asked
 * @param measures what its table shows
 */
record Workload(String name, Plan plan, List<Measure> measures) {
  static final List<Workload> ALL =
      List.of(
          new Workload(
              "streams-fast",
              Plan.streams(Surface.CHAT, 40, 500, 500),
              List.of(
                  Measure.cpuPerToken("<= 1.0"),
                  Measure.TOKENS_PER_SECOND,
                  Measure.FIRST_P50,
                  Measure.FIRST_P99,
                  Measure.gap("<= 25 ms"),
                  Measure.RSS)),
          fast("streams-fast-ws", Surface.SOCKET),
          fast("streams-fast-ws-chat", Surface.CHAT_SOCKET),
          fast("streams-fast-openai", Surface.OPENAI),
          new Workload(
              "streams-slow",
              Plan.streams(Surface.CHAT, 200, 300, 100),
              List.of(
                  Measure.cpuPerToken("<= 2.5"),
                  Measure.TOKENS_PER_SECOND,
                  Measure.gap(""),
                  Measure.RSS)),
          new Workload(
              "plain",
              Plan.streams(Surface.CHAT_JSON, 64, 20, 0),
              List.of(Measure.cpuPerRequest("<= 4.0"), Measure.ANSWERS_PER_SECOND)),
          new Workload(
              "single",
              Plan.streams(Surface.CHAT, 1, 5, 500),
              List.of(
                  Measure.firstOverDirect(50, "<= 1 ms"),
                  Measure.firstOverDirect(99, "<= 5 ms"),
                  Measure.cpuPerRequest(""))),
          new Workload(
              "burst",
              Plan.together(Surface.CHAT, 200, 20, 100),
              List.of(Measure.firstOverNginx(99, "<= 30 ms"), Measure.FIRST_P50)));

  private static Workload fast(String name, Surface surface) {
    return new Workload(
        name,
        Plan.streams(surface, 40, 500, 500),
        List.of(
            Measure.cpuPerToken("<= 1.0"),
            Measure.TOKENS_PER_SECOND,
            Measure.FIRST_P50,
            Measure.FIRST_P99,
            Measure.gap("")));
  }

  /** What a target is asked: the upstream, and nginx before it, know the OpenAI surface only. */
  Plan plan(Target target) {
    if (target == Target.SERVICE) {
      return plan;
    }
    boolean json = plan.surface().form() == Surface.Form.JSON;
    return plan.on(json ? Surface.OPENAI_JSON : Surface.OPENAI);
  }

  static Stream<String> names() {
    return ALL.stream().map(Workload::name);
  }
}
