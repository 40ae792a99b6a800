package dev.groqchat.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A copy of a folder of scripts, with the packages that its lock file names. */
public final class Npm {
  private final Path folder;
  private final String node;

  private Npm(Path folder, String node) {
    this.folder = folder;
    this.node = node;
  }

  /** Copies the scripts and installs what they need. */
  public static Npm install(Path scripts, Path folder) throws IOException, InterruptedException {
    String node = Tool.require("node");
    String npm = Tool.require("npm");
    try (Stream<Path> files = Files.list(scripts)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    Npm installed = new Npm(folder, node);
    installed.run(List.of(npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts"));
    return installed;
  }

  /** Runs a script, which must end well; what it prints. */
  public String script(String... scriptAndArguments) throws IOException, InterruptedException {
    return run(Stream.concat(Stream.of(node), Stream.of(scriptAndArguments)).toList());
  }

  private String run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
