package dev.groqchat.adapters.web.websocket;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** Counts threads. */
final class Threads {
  private Threads() {}

  /** How many threads work for single sockets: virtual ones, which nothing else lists. */
  static int ofSockets() throws IOException {
    Path directory = Files.createTempDirectory("threads");
    Path dump = directory.resolve("dump.json");
    try {
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
          .dumpThreads(dump.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.JSON);
      return Files.readString(dump).split("\"name\": \"socket-", -1).length - 1;
    } finally {
      Files.deleteIfExists(dump);
      Files.delete(directory);
    }
  }

  /** How many platform threads there are, without those of the tests' own clients. */
  static long ofPlatform() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !thread.getName().startsWith("HttpClient"))
        .count();
  }
}
