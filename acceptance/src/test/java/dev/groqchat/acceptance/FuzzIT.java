package dev.groqchat.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.acceptance.fixtures.PackagedService;
import dev.groqchat.acceptance.fixtures.Tool;
import dev.groqchat.simulator.Simulator;
import dev.groqchat.simulator.SimulatorConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Asks the packaged service all that {@code openapi.yaml} allows, and much that it does not: with
 * Schemathesis, which makes requests from the description and holds the answers to it.
 */
class FuzzIT {
  private static final String SCHEMATHESIS = "schemathesis==4.32.5";

  /** Where its own environment is, kept between runs. */
  private static final Path HOME =
      Path.of(PackagedService.property("fuzz.home"), SCHEMATHESIS.replace("==", "-"));

  private static final Path CHECKS = Path.of(PackagedService.property("fuzz"));

  /** All that are about an answer alone, and two of our own. */
  private static final String WATCHED =
      "status_code_conformance,content_type_conformance,response_schema_conformance,"
          + "response_headers_conformance,unsupported_method,allow_header_conformance,"
          + "fails_for_nobody,tells_no_insides";

  @Test
  void whateverIsAskedTheAnswerIsOneThatIsDocumented(@TempDir Path folder) throws Exception {
    Path program = install();
    Map<String, String> settings =
        Map.of("GROQ_API_KEY", "canary-key-of-the-provider", "RATE_LIMIT", "0");
    try (Simulator model = Simulator.start(SimulatorConfig.fast());
        PackagedService service =
            PackagedService.start(folder, with(settings, model.baseUrl().toString()))) {
      run(
          folder,
          Map.of("SCHEMATHESIS_HOOKS", "checks", "PYTHONPATH", CHECKS.toString()),
          program.toString(),
          "--no-color",
          "run",
          PackagedService.property("openapi"),
          "--url=http://" + service.address(),
          "--phases=examples,coverage,fuzzing",
          "--checks=" + WATCHED,
          "--max-examples=10",
          "--seed=1",
          // Several are too much for the parser of Python 3.11, which Debian 12 has.
          "--workers=1",
          "--request-timeout=20",
          "--generation-database=none",
          "--continue-on-failure");
      assertThat(service.log()).doesNotContain("ERROR");
    }
  }

  private static Map<String, String> with(Map<String, String> settings, String model) {
    Map<String, String> all = new java.util.HashMap<>(settings);
    all.put("GROQ_BASE_URL", model);
    return all;
  }

  /** Once: an environment that is whole is used again. */
  private static Path install() throws Exception {
    Path program = HOME.resolve("bin/schemathesis");
    if (!Files.isExecutable(program)) {
      String python = Tool.require("python3");
      Tool.require(python, "-c", "import ensurepip, venv");
      run(Path.of("."), Map.of(), python, "-m", "venv", "--clear", HOME.toString());
      String pip = HOME.resolve("bin/pip").toString();
      run(Path.of("."), Map.of(), pip, "install", "--quiet", "--no-compile", SCHEMATHESIS);
    }
    return program;
  }

  private static void run(Path folder, Map<String, String> variables, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(List.of(command)).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().putAll(variables);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }
}
