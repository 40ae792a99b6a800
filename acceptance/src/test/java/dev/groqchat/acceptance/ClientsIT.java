package dev.groqchat.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.acceptance.fixtures.PackagedService;
import dev.groqchat.acceptance.fixtures.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Published clients, unmodified, against the packaged service: each is a script in {@code
 * clients/}.
 */
class ClientsIT {
  private static final Path SCRIPTS = Path.of(PackagedService.property("clients"));

  @TempDir private static Path folder;
  private static PackagedService service;
  private static String node;

  @BeforeAll
  static void start() throws Exception {
    node = Tool.require("node");
    String npm = Tool.require("npm");
    try (Stream<Path> files = Files.list(SCRIPTS)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    run(npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts");
    service = PackagedService.start(folder, Map.of(), "--spring.profiles.active=demo");
  }

  @AfterAll
  static void stop() {
    if (service != null) {
      service.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sse.mjs", "ws.mjs", "socketio.mjs"})
  void works(String script) throws Exception {
    assertThat(run(node, script, service.address())).endsWith("ok\n");
  }

  @Test
  void worksInABrowser() throws Exception {
    String chromium = Tool.require("chromium");
    assertThat(run(node, "browser.mjs", service.address(), chromium)).endsWith("ok\n");
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(List.of(command))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
