package dev.groqchat.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What was asked for on the command line.
 *
 * @param workloads by name
 * @param rounds of each workload
 * @param time of one target in one round
 * @param warmUp the least time for which the service is used before the first round
 * @param targets who takes part
 */
record Options(
    List<String> workloads, int rounds, Duration time, Duration warmUp, Set<Target> targets) {
  static final String HELP =
      """
      bench/run [workload...] [--rounds N] [--seconds S] [--warm-up S] [--only direct|nginx|service] [--quick]
      """;

  static Options of(String... arguments) {
    List<String> workloads = new ArrayList<>();
    Options options =
        new Options(
            workloads,
            5,
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            EnumSet.allOf(Target.class));
    for (Iterator<String> all = List.of(arguments).iterator(); all.hasNext(); ) {
      String next = all.next();
      if (next.startsWith("--")) {
        options = options.with(next, all);
      } else {
        workloads.add(next);
      }
    }
    return options;
  }

  private Options with(String name, Iterator<String> rest) {
    return switch (name) {
      case "--quick" ->
          new Options(workloads, 1, Duration.ofSeconds(1), Duration.ofSeconds(1), targets);
      case "--rounds" ->
          new Options(workloads, Integer.parseInt(rest.next()), time, warmUp, targets);
      case "--seconds" -> new Options(workloads, rounds, seconds(rest), warmUp, targets);
      case "--warm-up" -> new Options(workloads, rounds, time, seconds(rest), targets);
      case "--only" -> {
        Target only = Target.valueOf(rest.next().toUpperCase(Locale.ROOT));
        yield new Options(workloads, rounds, time, warmUp, EnumSet.of(only));
      }
      default -> throw new IllegalArgumentException("unknown option " + name + "\n" + HELP);
    };
  }

  boolean wants(String workload) {
    return workloads.isEmpty() || workloads.contains(workload);
  }

  private static Duration seconds(Iterator<String> rest) {
    return Duration.ofSeconds(Long.parseLong(rest.next()));
  }
}
