package dev.groqchat.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Something that is measured at the service alone, each time at a new one. */
interface Experiment {
  /** What they need. The stage has the upstream only. */
  record Setting(Stage stage, Path folder, Path trained, Options options) {
    Child service(Map<String, String> more) throws IOException {
      return Servers.service("service", folder, trained, stage.upstream(), more);
    }

    /** Until most of what matters is compiled. */
    void warmUp(Child service, Plan plan) throws IOException, InterruptedException {
      System.err.println(
          "warming up " + stage.measure(Target.SERVICE, service, plan, options.warmUp()));
    }
  }

  /** A line of the table. */
  record Row(String measure, String service, String compared, String goal) {}

  /** What came out. */
  record Outcome(List<Row> rows, int faults, List<String> told) {
    static Outcome of(Row... rows) {
      return new Outcome(List.of(rows), 0, List.of());
    }

    Outcome with(Load load) {
      return and(new Outcome(List.of(), load.faults(), load.told()));
    }

    Outcome and(Outcome other) {
      return new Outcome(joined(rows, other.rows), faults + other.faults, joined(told, other.told));
    }

    private static <T> List<T> joined(List<T> some, List<T> more) {
      List<T> all = new ArrayList<>(some);
      all.addAll(more);
      return all;
    }
  }

  String name();

  Outcome run(Setting setting) throws IOException, InterruptedException;

  static List<Experiment> all() {
    return List.of(
        new ManyOpen(
            "open",
            Plan.streams(Surface.CHAT, 5000, 60, 1).ramp(Duration.ofSeconds(20)),
            Plan.streams(Surface.CHAT, 40, 100, 100),
            "<= 60 KB"),
        new ManyOpen(
            "idle",
            Plan.streams(Surface.SOCKET, 10_000, 1, 0)
                .ramp(Duration.ofSeconds(10))
                .rest(Duration.ofSeconds(40)),
            Plan.streams(Surface.SOCKET, 40, 100, 100),
            "<= 20 KB"),
        new Start(),
        new Growth(),
        new WithRedis());
  }
}
