package dev.groqchat.acceptance.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.acceptance.fixtures.Npm;
import dev.groqchat.acceptance.fixtures.Tool;
import dev.groqchat.acceptance.sdk.Client.Driver;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/** The drivers in other languages, with the packages that they need, in a folder of their own. */
final class Scripts {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String PACKAGES = "python-packages";

  private final Path folder;
  private final String node;
  private final String python;

  private Scripts(Path folder, String node, String python) {
    this.folder = folder;
    this.node = node;
    this.python = python;
  }

  /** Copies the scripts and installs the packages, in the versions that are locked. */
  static Scripts install(Path from, Path to) throws Exception {
    Scripts scripts = new Scripts(to, Tool.require("node"), Tool.require("python3"));
    Process pip = scripts.pip(from.resolve("requirements.txt"));
    Npm.install(from, to);
    assertThat(pip.waitFor()).as(Files.readString(to.resolve("pip.log"))).isZero();
    return scripts;
  }

  private Process pip(Path requirements) throws IOException {
    String[] install = {
      "install", "-q", "--no-deps", "--no-compile", "--disable-pip-version-check"
    };
    ProcessBuilder builder = new ProcessBuilder(python, "-m", "pip");
    builder.command().addAll(List.of(install));
    builder.command().addAll(List.of("--target", PACKAGES, "-r", requirements.toString()));
    return builder
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("pip.log").toFile())
        .start();
  }

  /** Starts a script with its questions. */
  Running start(Driver.Script script, List<Question> questions) throws IOException {
    String language = script.file().endsWith(".py") ? python : node;
    ProcessBuilder builder = new ProcessBuilder(language, script.file()).directory(folder.toFile());
    builder.environment().put("PYTHONPATH", PACKAGES);
    Path answers = folder.resolve(script.file() + ".answers");
    Path complaints = folder.resolve(script.file() + ".complaints");
    Process process =
        builder.redirectOutput(answers.toFile()).redirectError(complaints.toFile()).start();
    try (Writer in = process.outputWriter(StandardCharsets.UTF_8)) {
      in.write(JSON.writeValueAsString(questions));
    }
    return new Running(process, answers, complaints);
  }

  /** A script that asks. */
  record Running(Process process, Path answers, Path complaints) implements AutoCloseable {

    /** Blocks until all is answered. */
    List<Answer> await(int patienceSeconds) throws IOException, InterruptedException {
      boolean ended = process.waitFor(patienceSeconds, TimeUnit.SECONDS);
      assertThat(Files.readString(complaints)).isEmpty();
      assertThat(ended).as("the script has ended").isTrue();
      return Files.readAllLines(answers).stream()
          .map(it -> JSON.readValue(it, Answer.class))
          .toList();
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }
}
