package dev.groqchat.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** The median of some numbers, and how far they reach. */
record Spread(double least, double median, double most) {
  static Spread of(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(it -> it).sorted().toArray();
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1
            ? sorted[middle]
            : DoubleStream.of(sorted[middle - 1], sorted[middle]).average().orElseThrow();
    return new Spread(sorted[0], median, sorted[sorted.length - 1]);
  }

  @Override
  public String toString() {
    return "%s (%s - %s)".formatted(number(median), number(least), number(most));
  }

  private static String number(double value) {
    int digits = Math.abs(value) >= 1000 ? 0 : Math.abs(value) >= 100 ? 1 : 2;
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
