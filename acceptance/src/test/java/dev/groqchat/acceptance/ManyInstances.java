package dev.groqchat.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.acceptance.fixtures.PackagedService;
import dev.groqchat.acceptance.fixtures.Tool;
import dev.groqchat.simulator.Plan;
import dev.groqchat.simulator.Simulator;
import dev.groqchat.simulator.SimulatorConfig;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Two instances behind nginx on one Redis, as {@code ops/many-instances} starts them. */
final class ManyInstances implements AutoCloseable {
  private static final String SCRIPT = PackagedService.property("many.instances");

  private final Simulator model;
  private final Map<String, String> settings = new HashMap<>();

  private ManyInstances(Path folder, Simulator model) throws IOException {
    this.model = model;
    settings.put("FOLDER", folder.toString());
    settings.put("JAR", PackagedService.property("service.jar"));
    settings.put("JAVA", Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // They share two cores with everything else that runs here.
    settings.put("JAVA_OPTIONS", "-Xmx512m -XX:TieredStopAtLevel=1");
    for (String port : new String[] {"PORT", "PORT_1", "PORT_2", "REDIS_PORT"}) {
      settings.put(port, Integer.toString(freePort()));
    }
    settings.put("GROQ_API_KEY", "any");
    settings.put("GROQ_BASE_URL", model.baseUrl().toString());
    // What is tried here is not how much one client may ask.
    settings.put("RATE_LIMIT", "100000");
  }

  static ManyInstances up(Path folder) throws Exception {
    Tool.require("redis-server");
    Tool.require("nginx");
    Tool.require("curl");
    Simulator model = Simulator.start(SimulatorConfig.defaults().withPlan(Plan.unlimited()));
    ManyInstances site = new ManyInstances(folder, model);
    try {
      site.run("up");
      return site;
    } catch (Exception | AssertionError e) {
      site.close();
      throw e;
    }
  }

  /** Wherever nginx sends it. */
  Chat chat() {
    return new Chat("http://localhost:" + settings.get("PORT"));
  }

  /** One of the two. */
  Chat chat(int instance) {
    return new Chat("http://localhost:" + settings.get("PORT_" + instance));
  }

  /** The model behind both. */
  Simulator model() {
    return model;
  }

  /** As a crash would. */
  void kill(int instance) throws Exception {
    run("kill", Integer.toString(instance));
  }

  /** As an orchestrator does; returns when it has ended. */
  void stop(int instance) throws Exception {
    run("stop", Integer.toString(instance));
  }

  void start(int instance) throws Exception {
    run("start", Integer.toString(instance));
  }

  private void run(String... arguments) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("bash", SCRIPT);
    builder.command().addAll(List.of(arguments));
    builder.environment().putAll(settings);
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws IOException {
    try (model) {
      run("down");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
