package dev.groqchat.bench;

import java.util.List;

/**
 * What one target did in one stretch of one round.
 *
 * @param cpuSeconds of the target's processes; 0 for the upstream, which is not measured
 * @param rssKib of them, at the end
 * @param machineShare how busy all cores were, from 0 to 1, with everything that ran on them
 * @param latenessMillis how late the upstream's own tokens were at worst but for 1 %
 */
record Leg(
    Target target,
    Recording seen,
    double seconds,
    double cpuSeconds,
    long rssKib,
    double machineShare,
    double latenessMillis,
    int faults,
    List<String> told) {
  double cpuMicrosPerToken() {
    return cpuSeconds * 1e6 / seen.tokens();
  }

  double cpuMicrosPerAnswer() {
    return cpuSeconds * 1e6 / seen.answers();
  }

  Leg(
      Target target,
      Recording seen,
      double seconds,
      double cpuSeconds,
      long rssKib,
      double machineShare,
      double latenessMillis) {
    this(target, seen, seconds, cpuSeconds, rssKib, machineShare, latenessMillis, 0, List.of());
  }

  /** The same, with what was wrong from the first question to the last answer. */
  Leg with(int faults, List<String> told) {
    return new Leg(
        target, seen, seconds, cpuSeconds, rssKib, machineShare, latenessMillis, faults, told);
  }

  @Override
  public String toString() {
    return "%-8s %8.0f tokens/s %7.0f answers/s  cpu %6.2f us/token %7.1f us/answer  first p50 %.2f p99 %.2f ms  gap p99 %.2f ms  rss %d MiB  cores %.0f %% busy  upstream late %.1f ms  errors %d"
        .formatted(
            target,
            seen.tokens() / seconds,
            seen.answers() / seconds,
            cpuMicrosPerToken(),
            cpuMicrosPerAnswer(),
            seen.firstTokenMillis(50),
            seen.firstTokenMillis(99),
            seen.gapMillis(99),
            rssKib / 1024,
            machineShare * 100,
            latenessMillis,
            faults);
  }
}
