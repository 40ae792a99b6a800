package dev.groqchat.bench;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How the processes are started that are measured, and those that they need. */
final class Servers {
  private Servers() {}

  static Child upstream(Path folder) throws IOException {
    int port = Child.freePort();
    List<String> command =
        List.of(
            Child.java(),
            "-XX:+UseSerialGC",
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            Upstream.class.getName(),
            Integer.toString(port));
    return Child.start("upstream", folder, port, Map.of(), command).await("/openai/v1/models");
  }

  static Child nginx(Path folder, Child upstream) throws IOException {
    int port = Child.freePort();
    Path file = folder.resolve("nginx.conf");
    Files.writeString(
        file,
        template()
            .replace("FOLDER", folder.toString())
            .replace("UPSTREAM", Integer.toString(upstream.port()))
            .replace("PORT", Integer.toString(port)));
    return Child.start(
            "nginx",
            folder,
            port,
            Map.of(),
            List.of("nginx", "-p", folder.toString(), "-c", file.toString()))
        .await("/openai/v1/models");
  }

  private static String template() throws IOException {
    try (InputStream file = Servers.class.getResourceAsStream("nginx.conf")) {
      return new String(requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /**
   * The packaged service with its trained cache, started as the image starts it.
   *
   * @param trained the folder that ops/train has made
   */
  static Child service(
      String name, Path folder, Path trained, Child upstream, Map<String, String> more)
      throws IOException {
    return launchService(name, folder, trained, upstream, more).await("/actuator/health/readiness");
  }

  /** The same, without waiting for it. */
  static Child launchService(
      String name, Path folder, Path trained, Child upstream, Map<String, String> more)
      throws IOException {
    int port = Child.freePort();
    Map<String, String> variables = new HashMap<>(settings(port, upstream));
    variables.putAll(more);
    List<String> command = new ArrayList<>(List.of(Child.java()));
    command.addAll(List.of(System.getProperty("service.options", "").strip().split("\\s+")));
    command.removeIf(String::isEmpty);
    command.addAll(
        List.of(
            "-XX:+UseG1GC",
            "-XX:AOTCache=groqchat.aot",
            "-XX:AOTMode=on", // Or it would start without, and be slow.
            "-XX:MaxRAMPercentage=60",
            "-XX:+ExitOnOutOfMemoryError",
            "-jar",
            "groqchat.jar"));
    // The cache holds for the class path as it was said when it was made.
    return Child.start(name, folder.resolve(name + ".log"), trained, port, variables, command);
  }

  static Child redis(Path folder) throws IOException {
    int port = Child.freePort();
    List<String> command =
        List.of(
            "redis-server", "--port", Integer.toString(port), "--bind", "127.0.0.1", "--save", "");
    return Child.start("redis", folder, port, Map.of(), command);
  }

  /** Limits out of the way; nothing is answered but by the upstream. */
  private static Map<String, String> settings(int port, Child upstream) {
    return Map.of(
        "PORT", Integer.toString(port),
        "GROQ_API_KEY", "bench",
        "GROQ_BASE_URL", "http://127.0.0.1:" + upstream.port(),
        "RATE_LIMIT", "0",
        "CACHE_TTL", "0",
        "MAX_CONCURRENT_TURNS", "20000",
        "QUEUE_CAPACITY", "20000",
        "IDLE_TIMEOUT_SECS", "300");
  }
}
