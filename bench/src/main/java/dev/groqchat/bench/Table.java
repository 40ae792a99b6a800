package dev.groqchat.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Medians of the rounds, and in brackets the least and the most, in Markdown. */
final class Table {
  static final String HEAD =
      """
      | workload | | direct | nginx | service | compared | target |
      |---|---|---|---|---|---|---|
      """;

  private Table() {}

  static String rows(Workload workload, List<Leg> legs) {
    Map<Target, List<Leg>> by = legs.stream().collect(Collectors.groupingBy(Leg::target));
    StringBuilder rows = new StringBuilder();
    for (Measure measure : workload.measures()) {
      List<String> cells = new ArrayList<>(List.of(workload.name(), measure.name()));
      Arrays.stream(Target.values())
          .map(it -> values(measure, by.getOrDefault(it, List.of())))
          .map(it -> it.isEmpty() ? "" : Spread.of(it).toString())
          .forEach(cells::add);
      cells.add(compared(measure, by));
      cells.add(measure.goal());
      rows.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
    int faults = legs.stream().mapToInt(Leg::faults).sum();
    return rows.append("| %s | errors | | | %d | | 0 |%n".formatted(workload.name(), faults))
        .toString();
  }

  static String rows(String name, Experiment.Outcome outcome) {
    StringBuilder rows = new StringBuilder();
    for (Experiment.Row row : outcome.rows()) {
      rows.append(
          "| %s | %s | | | %s | %s | %s |%n"
              .formatted(name, row.measure(), row.service(), row.compared(), row.goal()));
    }
    return rows.append("| %s | errors | | | %d | | 0 |%n".formatted(name, outcome.faults()))
        .toString();
  }

  /** What is 0 was not measured. */
  private static List<Double> values(Measure measure, List<Leg> legs) {
    return legs.stream().map(it -> measure.value().applyAsDouble(it)).filter(it -> it > 0).toList();
  }

  private static String compared(Measure measure, Map<Target, List<Leg>> by) {
    return switch (measure.compared()) {
      case BY_ITSELF -> "";
      case AS_A_MULTIPLE_OF_NGINX -> pairs(measure, by, Target.NGINX, true, "%s x nginx");
      case MORE_THAN_DIRECT -> pairs(measure, by, Target.DIRECT, false, "%s more than direct");
      case MORE_THAN_NGINX -> pairs(measure, by, Target.NGINX, false, "%s more than nginx");
    };
  }

  /** Round by round: what disturbs one disturbs its neighbour, too. */
  private static String pairs(
      Measure measure, Map<Target, List<Leg>> by, Target other, boolean ratio, String words) {
    List<Double> ours = values(measure, by.getOrDefault(Target.SERVICE, List.of()));
    List<Double> theirs = values(measure, by.getOrDefault(other, List.of()));
    List<Double> pairs = new ArrayList<>();
    for (int i = 0; i < Math.min(ours.size(), theirs.size()); i++) {
      pairs.add(ratio ? ours.get(i) / theirs.get(i) : ours.get(i) - theirs.get(i));
    }
    return pairs.isEmpty() ? "" : words.formatted(Spread.of(pairs));
  }
}
