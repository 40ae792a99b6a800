package dev.groqchat.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs workloads, round by round, in turn at each target, and prints a table. Ends with 1 if any
 * answer was wrong.
 */
final class Bench {
  /** Warm is who costs within this share of what it cost in the stretch before. */
  private static final double STEADY = 0.05;

  private static final Duration STRETCH = Duration.ofSeconds(5);
  private static final int MOST_STRETCHES = 16;

  private final Options options;
  private final Stage stage;

  private Bench(Options options, Stage stage) {
    this.options = options;
    this.stage = stage;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Options options = Options.of(arguments);
    List<String> known =
        Stream.concat(Workload.names(), Experiment.all().stream().map(Experiment::name)).toList();
    if (!known.containsAll(options.workloads())) {
      throw new IllegalArgumentException("workloads are " + known);
    }
    Path folder = Files.createTempDirectory("groqchat-bench");
    say(Machine.described() + "; logs in " + folder);
    StringBuilder table = new StringBuilder(Table.HEAD);
    int faults = 0;
    for (Workload workload : Workload.ALL) {
      if (options.wants(workload.name())) {
        List<Leg> legs = run(options, workload, folder);
        table.append(Table.rows(workload, legs));
        faults += legs.stream().mapToInt(Leg::faults).sum();
      }
    }
    for (Experiment experiment : Experiment.all()) {
      if (options.wants(experiment.name())) {
        Experiment.Outcome outcome = run(options, experiment, folder);
        table.append(Table.rows(experiment.name(), outcome));
        faults += outcome.faults();
      }
    }
    System.out.println("\n" + Machine.described() + "\n\n" + table);
    System.exit(faults == 0 ? 0 : 1);
  }

  private static Path trained() {
    return Path.of(System.getProperty("service.folder", "."));
  }

  private static Experiment.Outcome run(Options options, Experiment experiment, Path folder)
      throws IOException, InterruptedException {
    say(experiment.name());
    try (Stage stage = Stage.set(folder, trained(), EnumSet.of(Target.DIRECT))) {
      Experiment.Outcome outcome =
          experiment.run(new Experiment.Setting(stage, folder, trained(), options));
      say(Table.rows(experiment.name(), outcome));
      outcome.told().forEach(it -> say("   " + it));
      return outcome;
    }
  }

  /** Each has processes of its own: none is measured with what another has left behind. */
  private static List<Leg> run(Options options, Workload workload, Path folder)
      throws IOException, InterruptedException {
    try (Stage stage = Stage.set(folder, trained(), options.targets())) {
      say(workload.name());
      options
          .targets()
          .forEach(it -> say("%s is process %d".formatted(it, stage.child(it).handle().pid())));
      return new Bench(options, stage).rounds(workload);
    }
  }

  private List<Leg> rounds(Workload workload) throws IOException, InterruptedException {
    warmUp(workload);
    List<Leg> legs = new ArrayList<>();
    for (int round = 1; round <= options.rounds(); round++) {
      for (Target target : options.targets()) {
        Leg leg = stage.measure(target, workload, options.time());
        say("%2d %s".formatted(round, leg));
        leg.told().forEach(it -> say("   " + it));
        legs.add(leg);
      }
    }
    return legs;
  }

  /**
   * Until the service's cost is steady: the JVM is still compiling before. What is done once for an
   * answer is compiled after thousands of them, which long answers take hours for.
   */
  private void warmUp(Workload workload) throws IOException, InterruptedException {
    if (!options.targets().contains(Target.SERVICE)) {
      return;
    }
    warmUp(workload.plan().brief(), options.warmUp().multipliedBy(2));
    List<Leg> legs = new ArrayList<>();
    Duration stretch = options.warmUp().compareTo(STRETCH) < 0 ? options.warmUp() : STRETCH;
    long least = options.warmUp().dividedBy(stretch);
    do {
      legs.add(warmUp(workload.plan(), stretch));
    } while (legs.size() < least || (least > 1 && !steady(legs) && legs.size() < MOST_STRETCHES));
  }

  private Leg warmUp(Plan plan, Duration time) throws IOException, InterruptedException {
    Leg leg = stage.measure(Target.SERVICE, stage.child(Target.SERVICE), plan, time);
    say("warming up " + leg);
    leg.told().forEach(it -> say("   " + it));
    return leg;
  }

  private static boolean steady(List<Leg> legs) {
    double before = legs.get(legs.size() - 2).cpuMicrosPerToken();
    double now = legs.getLast().cpuMicrosPerToken();
    return now > before * (1 - STEADY);
  }

  private static void say(String what) {
    System.err.println(what);
  }
}
