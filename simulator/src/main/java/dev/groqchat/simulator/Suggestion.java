package dev.groqchat.simulator;

import java.util.Set;
import java.util.TreeSet;

/** Guesses what was meant, as the provider does in its 400s. */
final class Suggestion {
  private Suggestion() {}

  /** Recorded: {@code store} is told about {@code stop}, {@code timestamp} about nothing. */
  static String of(String name, Set<String> known) {
    return new TreeSet<>(known)
        .stream()
            .filter(candidate -> distance(name, candidate) <= 2)
            .findFirst()
            .map(near -> ", did you mean '" + near + "'?")
            .orElse("");
  }

  private static int distance(String a, String b) {
    if (Math.abs(a.length() - b.length()) > 2) return Integer.MAX_VALUE;
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) row[j] = j;
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
