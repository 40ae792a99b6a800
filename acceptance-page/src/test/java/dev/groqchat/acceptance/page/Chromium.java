package dev.groqchat.acceptance.page;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.groqchat.acceptance.fixtures.PackagedService;
import dev.groqchat.acceptance.fixtures.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** One browser, and one service as the demo, for all tests of a run. */
final class Chromium implements BeforeAllCallback {
  private static final List<String> FLAGS =
      List.of(
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  /** For what a loaded machine may take; a test that passes waits for as long as it has to. */
  private static final int PATIENCE_MS = 20_000;

  private static @Nullable Running running;

  @Override
  public void beforeAll(ExtensionContext context) {
    String program = Tool.require("chromium");
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
    running =
        context
            .getRoot()
            .getStore(Namespace.create(Chromium.class))
            .computeIfAbsent("running", _ -> Running.start(program), Running.class);
  }

  private static Running running() {
    return Objects.requireNonNull(running, "not started");
  }

  /** Where the service is. */
  static String address() {
    return running().service.address();
  }

  /** A visitor with a browser of its own. */
  static Visitor visitor(int width) {
    return new Visitor(running().browser, width, address());
  }

  /** A visitor of another service than the common one. */
  static Visitor visitor(int width, String address) {
    return new Visitor(running().browser, width, address);
  }

  private record Running(
      Path folder, PackagedService service, Playwright playwright, Browser browser)
      implements AutoCloseable {
    static Running start(String program) {
      try {
        Path folder = Files.createTempDirectory("page");
        PackagedService service = demo(folder, Map.of());
        Playwright playwright = Playwright.create();
        Browser browser =
            playwright
                .chromium()
                .launch(
                    new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of(program))
                        .setTimeout(90_000)
                        .setArgs(FLAGS));
        return new Running(folder, service, playwright, browser);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      browser.close();
      playwright.close();
      service.close();
    }
  }

  /** A service of its own, as the demo, without limits in the way of a test's haste. */
  static PackagedService demo(Path folder, Map<String, String> variables) throws IOException {
    var all = new java.util.HashMap<>(Map.of("RATE_LIMIT", "0", "MAX_TOKENS", "4000"));
    all.putAll(variables);
    return PackagedService.start(folder, all, "--spring.profiles.active=demo");
  }
}
