package dev.groqchat.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the numbers were measured on. */
final class Machine {
  private Machine() {}

  static String described() throws IOException {
    return "%d cores, %s; %s; Linux %s; Java %s (%s); %s"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            line(Path.of("/proc/cpuinfo"), "model name"),
            memory(),
            System.getProperty("os.version"),
            System.getProperty("java.runtime.version"),
            System.getProperty("java.vm.vendor"),
            said("nginx", "-v"));
  }

  private static String memory() throws IOException {
    long kib = Long.parseLong(line(Path.of("/proc/meminfo"), "MemTotal").replaceAll("\\D", ""));
    return "%.0f GiB".formatted(kib / 1048576.0);
  }

  private static String line(Path file, String name) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(it -> it.startsWith(name))
        .map(it -> it.substring(it.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("unknown " + name);
  }

  private static String said(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }
}
