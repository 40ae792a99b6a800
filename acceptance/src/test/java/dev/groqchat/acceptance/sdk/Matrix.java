package dev.groqchat.acceptance.sdk;

import static java.util.stream.Collectors.joining;

import dev.groqchat.acceptance.sdk.Limits.Limit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The matrix as the README shows it: a scenario a row, an SDK a column. */
final class Matrix {
  private final List<String> notes = new ArrayList<>();

  /** The table and its notes. */
  static String markdown() {
    return new Matrix().table();
  }

  private String table() {
    StringBuilder table = new StringBuilder();
    row(table, " ", Client.ALL.stream().map(it -> "`" + it.name() + "`").toList());
    row(table, "---", Client.ALL.stream().map(_ -> ":---:").toList());
    row(table, "base URL ends in", Client.ALL.stream().map(Matrix::path).toList());
    for (Scenario scenario : Scenarios.all()) {
      row(table, scenario.title(), Client.ALL.stream().map(it -> cell(it, scenario)).toList());
    }
    table.append('\n');
    for (int i = 0; i < notes.size(); i++) {
      table.append(i + 1).append(". ").append(notes.get(i)).append('\n');
    }
    return table.toString();
  }

  private static void row(StringBuilder table, String title, List<String> cells) {
    table.append(cells.stream().collect(joining(" | ", "| " + title + " | ", " |\n")));
  }

  private static String path(Client client) {
    return client.path().isEmpty() ? "the host" : "`" + client.path() + "`";
  }

  /** A tick, or the number of the note that says why not. */
  private String cell(Client client, Scenario scenario) {
    Optional<Limit> limit = Limits.of(client.name(), scenario.name());
    return limit.map(it -> "no [" + note(it.reason()) + "]").orElse("✓");
  }

  private int note(String reason) {
    if (!notes.contains(reason)) {
      notes.add(reason);
    }
    return notes.indexOf(reason) + 1;
  }
}
