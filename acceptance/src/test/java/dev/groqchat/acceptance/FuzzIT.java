package dev.groqchat.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.acceptance.fixtures.PackagedService;
import dev.groqchat.acceptance.fixtures.Python;
import dev.groqchat.acceptance.fixtures.Tool;
import dev.groqchat.simulator.Simulator;
import dev.groqchat.simulator.SimulatorConfig;
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

  private static final Path PROGRAMS = Path.of(PackagedService.property("python.programs"));

  private static final Path CHECKS = Path.of(PackagedService.property("fuzz"));

  /** All that are about an answer alone, and two of our own. */
  private static final String WATCHED =
      "status_code_conformance,content_type_conformance,response_schema_conformance,"
          + "response_headers_conformance,unsupported_method,allow_header_conformance,"
          + "fails_for_nobody,tells_no_insides";

  @Test
  void whateverIsAskedTheAnswerIsOneThatIsDocumented(@TempDir Path folder) throws Exception {
    Path program = Python.program(PROGRAMS, SCHEMATHESIS, "schemathesis");
    Map<String, String> settings =
        Map.of("GROQ_API_KEY", "canary-key-of-the-provider", "RATE_LIMIT", "0");
    try (Simulator model = Simulator.start(SimulatorConfig.fast());
        PackagedService service =
            PackagedService.start(folder, with(settings, model.baseUrl().toString()))) {
      var _ =
          Tool.run(
              folder,
              Map.of("SCHEMATHESIS_HOOKS", "checks", "PYTHONPATH", CHECKS.toString()),
              List.of(
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
                  "--continue-on-failure"));
      assertThat(service.log()).doesNotContain("ERROR");
    }
  }

  private static Map<String, String> with(Map<String, String> settings, String model) {
    Map<String, String> all = new java.util.HashMap<>(settings);
    all.put("GROQ_BASE_URL", model);
    return all;
  }
}
