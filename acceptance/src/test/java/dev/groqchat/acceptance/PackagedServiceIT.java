package dev.groqchat.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.acceptance.fixtures.PackagedService;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar as it is run in production. */
class PackagedServiceIT {
  @Test
  void withoutAKeyItRefusesToStartAndSaysWhichVariableIsMissing(@TempDir Path folder)
      throws Exception {
    try (var service = PackagedService.launch(folder, Map.of())) {
      assertThat(service.awaitExit()).isNotZero();
      assertThat(service.log()).contains("GROQ_API_KEY is missing");
    }
  }

  @Test
  void terminatedItEndsByItself(@TempDir Path folder) throws Exception {
    try (var service = PackagedService.start(folder, Map.of(), "--spring.profiles.active=demo")) {
      assertThat(service.terminate()).isZero();
      assertThat(service.log()).contains("Graceful shutdown complete").doesNotContain("ERROR");
    }
  }
}
