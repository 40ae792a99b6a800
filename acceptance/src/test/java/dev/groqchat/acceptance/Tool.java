package dev.groqchat.acceptance;

import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A program that a test needs and a clean machine may not have. */
public final class Tool {
  private static final String[] FOLDERS = {"/usr/local/bin", "/usr/bin", "/usr/sbin", "/bin"};

  private Tool() {}

  /**
   * Where it is. Where it is not, the test says so and is skipped; in CI, which installs it, that
   * is a failure.
   */
  public static String require(String name) {
    return Stream.concat(Stream.of(System.getenv("PATH").split(":", -1)), Stream.of(FOLDERS))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst()
        .orElseGet(() -> missing(name));
  }

  private static String missing(String name) {
    String words = name + " is not installed: what it would show is not tested here";
    if ("true".equals(System.getenv("CI"))) {
      throw new AssertionError(words);
    }
    return abort(words);
  }
}
