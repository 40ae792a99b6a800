package dev.groqchat.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the kernel says that a process and its children have used. */
final class Usage {
  /** USER_HZ: the same on every Linux that Java runs on. */
  private static final double TICKS_PER_SECOND = 100;

  /** Of what follows the command's name in /proc/PID/stat, counted from 0: proc(5). */
  private static final int USER = 11;

  private static final int SYSTEM = 12;

  private Usage() {}

  /** Seconds of CPU, of a process and of all that it has started. */
  static double cpuSeconds(ProcessHandle process) {
    return family(process).mapToLong(Usage::ticks).sum() / TICKS_PER_SECOND;
  }

  /** KiB that are in memory, of a process and of all that it has started. */
  static long rssKib(ProcessHandle process) {
    return family(process).mapToLong(it -> Long.parseLong(field(it, "status", "VmRSS:"))).sum();
  }

  /** Seconds that all cores together were busy since the machine started. */
  static double machineSeconds() {
    String[] fields = read(Path.of("/proc/stat")).getFirst().split("\\s+", -1);
    long busy = 0;
    for (int i = 1; i <= 8; i++) {
      boolean idle = i == 4 || i == 5;
      busy += idle ? 0 : Long.parseLong(fields[i]);
    }
    return busy / TICKS_PER_SECOND;
  }

  private static Stream<ProcessHandle> family(ProcessHandle process) {
    return Stream.concat(Stream.of(process), process.descendants());
  }

  private static long ticks(ProcessHandle process) {
    String stat = read(Path.of("/proc/" + process.pid() + "/stat")).getFirst();
    // The name stands in brackets, and may contain anything.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM]);
  }

  private static String field(ProcessHandle process, String file, String name) {
    return read(Path.of("/proc/" + process.pid() + "/" + file)).stream()
        .filter(it -> it.startsWith(name))
        .map(it -> it.substring(name.length()).replace("kB", "").strip())
        .findFirst()
        .orElseThrow();
  }

  private static List<String> read(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
