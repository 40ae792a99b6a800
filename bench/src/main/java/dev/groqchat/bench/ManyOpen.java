package dev.groqchat.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/**
 * What many connections take that are open at once, and whether all of them get their answer.
 *
 * @param warmUp what is asked before, so that code and buffers are not counted
 */
record ManyOpen(String name, Plan plan, Plan warmUp, String goal) implements Experiment {
  @Override
  public Outcome run(Setting setting) throws IOException, InterruptedException {
    try (Child service = setting.service(Map.of())) {
      setting.warmUp(service, warmUp);
      Thread.sleep(2000);
      long before = Usage.rssKib(service.handle());
      try (Load load = Load.start(plan, service.port())) {
        Duration pause = plan.rest().isZero() ? Duration.ofSeconds(10) : plan.rest().dividedBy(2);
        Thread.sleep(plan.ramp().plus(pause));
        long open = Usage.rssKib(service.handle());
        Thread.sleep(
            plan.rest().minus(plan.rest().isZero() ? Duration.ZERO : pause).plusSeconds(2));
        load.stop(Duration.ofSeconds(60));
        return outcome(before, open, load).with(load);
      }
    }
  }

  private Outcome outcome(long before, long open, Load load) {
    double each = (open - before) * 1.024 / plan.connections();
    return Outcome.of(
        new Row(
            "RSS of each above idle, KB",
            "%.1f (%d MiB in all, of it %d before)".formatted(each, open / 1024, before / 1024),
            "",
            goal),
        new Row(
            "connections, answers",
            plan.connections() + ", " + load.answered(),
            "",
            "all answered"));
  }
}
