package dev.groqchat.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** Whether a turn costs more in a long conversation, or among many. */
record Growth() implements Experiment {
  private static final Plan PLAIN = Plan.streams(Surface.CHAT_JSON, 64, 20, 0);
  private static final Plan ONE_BY_ONE = Plan.streams(Surface.CHAT_JSON, 1, 20, 0);
  private static final String GOAL = "0.8 - 1.2";

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public Outcome run(Setting setting) throws IOException, InterruptedException {
    try (Child service = setting.service(Map.of())) {
      setting.warmUp(service, PLAIN);
      setting.warmUp(service, ONE_BY_ONE.inConversation("warm"));
      Outcome turns =
          measured(
              "turn 2,000 of a conversation", service, ONE_BY_ONE.inConversation("long"), 2000);
      Outcome conversations =
          measured("a turn among 100,000 conversations", service, PLAIN, 100_000);
      return turns.and(conversations);
    }
  }

  private static Outcome measured(String what, Child service, Plan plan, int answers)
      throws IOException, InterruptedException {
    try (Load load = Load.start(plan, service.port())) {
      Row row = row(what, service, load, answers / 5, answers * 4 / 5, answers);
      load.stop(Duration.ofSeconds(10));
      return Outcome.of(row).with(load);
    }
  }

  /** CPU per answer from the first tenth or so until {@code early}, and between the others. */
  private static Row row(String what, Child service, Load load, int early, int from, int until)
      throws InterruptedException {
    double first = cost(service, load, early / 10, early);
    double last = cost(service, load, from, until);
    return new Row(
        "CPU of " + what + ", µs",
        "%.0f; early on %.0f".formatted(last, first),
        "%.2f x".formatted(last / first),
        GOAL);
  }

  private static double cost(Child service, Load load, int from, int until)
      throws InterruptedException {
    await(load, from);
    int before = load.answered();
    double cpu = Usage.cpuSeconds(service.handle());
    await(load, until);
    return (Usage.cpuSeconds(service.handle()) - cpu) * 1e6 / (load.answered() - before);
  }

  private static void await(Load load, int answers) throws InterruptedException {
    while (load.answered() < answers) {
      if (load.faults() > 0) {
        throw new IllegalStateException(load.told().toString());
      }
      Thread.sleep(1);
    }
  }
}
