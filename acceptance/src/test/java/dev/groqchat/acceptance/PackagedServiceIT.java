package dev.groqchat.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.acceptance.fixtures.PackagedService;
import dev.groqchat.acceptance.fixtures.Trained;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

  /** As the image does it; what cannot be tried without an engine for containers is the image. */
  @Test
  void startsAsSomebodyElseFromFilesThatItCannotChange(@TempDir Path folder) throws Exception {
    Path app = folder.resolve("app");
    copy(Trained.folder(), app);
    String before = listing(app);
    List<String> command = new ArrayList<>(asSomebodyElse(folder));
    // Without its cache it does not even start.
    command.addAll(List.of("-XX:+UseG1GC", "-XX:AOTMode=on", "-XX:AOTCache=groqchat.aot", "-jar"));
    command.addAll(List.of("groqchat.jar", "--spring.profiles.active=demo"));

    try (var service = PackagedService.run(command, app, folder.resolve("service.log"), Map.of())) {
      service.awaitHealth();
      assertThat(service.terminate()).isZero();
    }

    assertThat(listing(app)).isEqualTo(before);
  }

  /** Times are kept: the cache holds for files of these times. */
  private static void copy(Path from, Path to) throws Exception {
    run("cp", "-a", from.toString(), to.toString());
    run("chmod", "-R", "a-w,a+rX", to.toString());
  }

  private static List<String> asSomebodyElse(Path folder) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    if (!System.getProperty("user.name").equals("root")) {
      return List.of(java);
    }
    run("chmod", "a+rx", folder.toString());
    return List.of("setpriv", "--reuid=10001", "--regid=10001", "--clear-groups", java);
  }

  private static String listing(Path folder) throws Exception {
    return run("ls", "-lR", folder.toString());
  }

  private static String run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).describedAs(said).isZero();
    return said;
  }

  /** And, as nobody has asked for traces, without a class of what would make them. */
  @Test
  void terminatedItEndsByItself(@TempDir Path folder) throws Exception {
    Path classes = folder.resolve("classes.log");
    Map<String, String> listing =
        Map.of("JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=" + classes + "::filecount=0");
    try (var service = PackagedService.start(folder, listing, "--spring.profiles.active=demo")) {
      assertThat(service.terminate()).isZero();
      assertThat(service.log()).contains("Graceful shutdown complete").doesNotContain("ERROR");
    }
    assertThat(Files.readString(classes))
        .contains("dev.groqchat.bootstrap.GroqChatApplication")
        .doesNotContain(" io.opentelemetry.");
  }
}
