package dev.groqchat.acceptance;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The jar, started as a process of its own on a free port. */
public final class PackagedService implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Process process;
  private final Path log;
  private final int port;

  private PackagedService(Process process, Path log, int port) {
    this.process = process;
    this.log = log;
    this.port = port;
  }

  /** Starts the jar in a folder and waits until it answers. */
  public static PackagedService start(
      Path folder, Map<String, String> variables, String... arguments) throws IOException {
    PackagedService service = launch(folder, variables, arguments);
    service.awaitHealth();
    return service;
  }

  /** Starts the jar in a folder. */
  static PackagedService launch(Path folder, Map<String, String> variables, String... arguments)
      throws IOException {
    int port = freePort();
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder builder = new ProcessBuilder(java, "-jar", property("service.jar"));
    builder.command().addAll(List.of(arguments));
    builder
        .environment()
        .keySet()
        .removeIf(it -> it.startsWith("GROQ_") || it.startsWith("API_KEY"));
    builder.environment().put("PORT", Integer.toString(port));
    builder.environment().putAll(variables);
    Path log = folder.resolve("service.log");
    builder.directory(folder.toFile()).redirectErrorStream(true).redirectOutput(log.toFile());
    return new PackagedService(builder.start(), log, port);
  }

  public static String property(String name) {
    return Objects.requireNonNull(System.getProperty(name), name);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  public String address() {
    return "localhost:" + port;
  }

  public int port() {
    return port;
  }

  public String log() throws IOException {
    return Files.readString(log);
  }

  /** Waits for the process to end by itself. */
  int awaitExit() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("still running");
    }
    return process.exitValue();
  }

  private void awaitHealth() throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!healthy()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        process.destroyForcibly();
        throw new AssertionError("the service did not start:\n" + log());
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  private boolean healthy() {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + address() + "/health")).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** SIGTERM, as an orchestrator sends it. */
  int terminate() throws InterruptedException {
    process.destroy();
    return awaitExit();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
