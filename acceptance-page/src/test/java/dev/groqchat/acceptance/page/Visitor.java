package dev.groqchat.acceptance.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.groqchat.acceptance.fixtures.PackagedService;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;

/**
 * Somebody who uses the page, with a browser's storage and cookies of their own. At the end nothing
 * may have gone wrong that the test did not expect: no error in the console, no breach of the
 * policy. For one thread.
 */
final class Visitor implements AutoCloseable {
  private static final int TALL = 800;
  private static final Path SCREENSHOTS = Path.of(PackagedService.property("screenshots"));

  private final BrowserContext context;
  private final String address;
  private final int width;
  private final List<String> troubles = new ArrayList<>();
  private Pattern expected = Pattern.compile("(?!)");
  final Page page;

  Visitor(Browser browser, int width, String address) {
    this.width = width;
    this.address = address;
    this.context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(width, TALL)
                .setColorScheme(ColorScheme.LIGHT)
                .setLocale("en-GB"));
    context.setDefaultTimeout(30_000);
    context.onConsoleMessage(this::heard);
    context.onWebError(error -> troubles.add(error.error()));
    this.page = context.newPage();
  }

  private void heard(ConsoleMessage message) {
    if (message.type().equals("error") || message.type().equals("warning")) {
      troubles.add(message.text());
    }
  }

  /** What may go wrong, as a part of what the browser says of it. */
  Visitor expecting(String trouble) {
    expected = Pattern.compile(trouble);
    return this;
  }

  Visitor open(String path) {
    page.navigate("http://" + address + path);
    return this;
  }

  /** Another tab of the same browser. */
  Page tab(String path) {
    Page tab = context.newPage();
    tab.navigate("http://" + address + path);
    return tab;
  }

  /** Where the conversation is that is open, to come back to it. */
  String place() {
    return page.url().substring(page.url().indexOf(address) + address.length());
  }

  void say(String message) {
    page.getByLabel("Message", new Page.GetByLabelOptions().setExact(true)).fill(message);
    page.keyboard().press("Enter");
  }

  /** Says something, and waits until the answer has come to its end. */
  Locator ask(String message) {
    int before = page.locator(".turn").count();
    say(message);
    Locator turn = page.locator(".turn").nth(before);
    assertEnded(turn);
    return turn;
  }

  Locator last() {
    return page.locator(".turn").last();
  }

  static void assertEnded(Locator turn) {
    assertThat(turn)
        .hasAttribute("data-status", Pattern.compile("finished|stopped|failed|refused|lost"));
  }

  static void assertStatus(Locator turn, String status) {
    assertThat(turn).hasAttribute("data-status", status);
  }

  /** The answer came whole: its digest is the one that the service has told. */
  static void assertWhole(Locator turn) {
    assertStatus(turn, "finished");
    assertThat(turn).hasAttribute("data-verified", "exact");
  }

  static Locator answer(Locator turn) {
    return turn.locator(".by-model > .md");
  }

  Locator button(String name) {
    return page.getByRole(
        com.microsoft.playwright.options.AriaRole.BUTTON,
        new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  /** Whether nothing sticks out at the side. */
  boolean fitsTheScreen() {
    return (Boolean)
        page.evaluate(
            """
            [document.documentElement, document.getElementById('scroller')]
              .every(it => it.scrollWidth <= it.clientWidth)\
            """);
  }

  /** A picture for whoever looks at the run's results. */
  void picture(String name) {
    Path file = SCREENSHOTS.resolve(name + "-" + width + ".png");
    page.screenshot(new Page.ScreenshotOptions().setPath(file));
  }

  @Override
  public void close() {
    context.close();
    Assertions.assertThat(troubles.stream().filter(it -> !expected.matcher(it).find()))
        .as("what went wrong in the browser")
        .isEmpty();
  }
}
