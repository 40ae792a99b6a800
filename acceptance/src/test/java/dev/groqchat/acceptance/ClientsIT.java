package dev.groqchat.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.acceptance.fixtures.Npm;
import dev.groqchat.acceptance.fixtures.PackagedService;
import dev.groqchat.acceptance.fixtures.Tool;
import java.nio.file.Path;
import java.util.Map;
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
  @TempDir private static Path folder;
  private static PackagedService service;
  private static Npm scripts;

  @BeforeAll
  static void start() throws Exception {
    scripts = Npm.install(Path.of(PackagedService.property("clients")), folder);
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
    assertThat(scripts.script(script, service.address())).endsWith("ok\n");
  }

  @Test
  void worksInABrowser() throws Exception {
    String chromium = Tool.require("chromium");
    assertThat(scripts.script("browser.mjs", service.address(), chromium)).endsWith("ok\n");
  }
}
