package dev.groqchat.acceptance.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.groqchat.acceptance.page.Visitor.answer;
import static dev.groqchat.acceptance.page.Visitor.assertStatus;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page for everybody: by keyboard, by ear, in every theme. */
@ExtendWith(Chromium.class)
class AccessIT {
  private static final int WIDE = 1280;

  @ParameterizedTest
  @CsvSource({"light, 1280", "dark, 375", "drawn, 1280"})
  void aCheckerFindsNothingSeriousInAnyTheme(String theme, int width) {
    try (Visitor visitor = Chromium.visitor(width).open("/")) {
      visitor.page.evaluate("theme => localStorage.setItem('groqchat.theme', theme)", theme);
      visitor.page.reload();
      assertThat(visitor.page.locator("html")).hasAttribute("data-theme", theme);
      assertThat(visitor.page.locator(".example").first()).isVisible();
      visitor.picture("welcome-" + theme);
      assertAccessible(visitor);
      visitor.page.getByText("Tables, lists and code").click();
      Visitor.assertWhole(visitor.last());
      visitor.ask("/sim thinking=\"Hm.\" text=\"Is *that* so?\"");
      visitor.ask("/sim tokens=20 cut-after=10");
      visitor.picture("thread-" + theme);
      assertAccessible(visitor);
    }
  }

  private static void assertAccessible(Visitor visitor) {
    List<Rule> found = new AxeBuilder(visitor.page).setLegacyMode(true).analyze().getViolations();
    assertThat(found)
        .extracting(rule -> rule.getImpact() + " " + rule.getId() + ": " + rule.getNodes())
        .isEmpty();
  }

  @Test
  void goesWithTheSystemsColoursUnlessToldOtherwise() {
    try (Visitor visitor = Chromium.visitor(WIDE).open("/")) {
      assertThat(visitor.page.locator("body")).hasCSS("background-color", "rgb(250, 248, 245)");
      visitor.page.emulateMedia(
          new Page.EmulateMediaOptions()
              .setColorScheme(ColorScheme.DARK)
              .setReducedMotion(ReducedMotion.REDUCE));
      assertThat(visitor.page.locator("body")).hasCSS("background-color", "rgb(23, 23, 26)");
      visitor.button("Change the theme").click();
      assertThat(visitor.page.locator("body")).hasCSS("background-color", "rgb(250, 248, 245)");
    }
  }

  @Test
  void everythingCanBeDoneByKeyboard() {
    try (Visitor visitor = Chromium.visitor(WIDE).open("/")) {
      var keys = visitor.page.keyboard();
      assertThat(visitor.page.locator("#message")).isFocused();
      keys.type("two");
      keys.press("Shift+Enter");
      keys.type("lines");
      keys.press("Enter");
      assertThat(visitor.last().locator(".bubble")).hasText("two\nlines");
      Visitor.assertEnded(visitor.last());
      keys.type("/sim tokens=3000 rate=30");
      keys.press("Enter");
      assertThat(answer(visitor.last())).containsText("1 2 3");
      keys.press("Escape");
      assertStatus(visitor.last(), "stopped");
      keys.press("ArrowUp");
      assertThat(visitor.page.locator("#message")).hasValue("/sim tokens=3000 rate=30");
      keys.press("Escape");
      assertThat(visitor.page.locator("#message")).hasValue("");
      visitor.page.locator("#help").focus();
      keys.press("?");
      assertThat(visitor.page.locator("dialog")).containsText("New line");
      keys.press("Escape");
      assertThat(visitor.page.locator("dialog")).hasCount(0);
      keys.press("n");
      assertThat(visitor.page.locator(".welcome")).isVisible();
    }
  }

  @Test
  void screenReadersHearTheBeginningAndTheEndOnly() {
    try (Visitor visitor = Chromium.visitor(WIDE).open("/")) {
      visitor.page.evaluate(
          """
          () => { window.heard = [];
            const live = document.getElementById('announcer');
            new MutationObserver(() => live.textContent && heard.push(live.textContent))
              .observe(live, { childList: true, characterData: true, subtree: true }); }\
          """);
      visitor.ask("/sim tokens=100 rate=80");
      assertThat(visitor.page.locator("#announcer")).hasText("The answer is complete, 100 words.");
      assertThat(visitor.page.evaluate("heard"))
          .isEqualTo(List.of("The answer begins.", "The answer is complete, 100 words."));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"wheel", "ArrowUp"})
  void theSmallestStepUpIsEnoughToStayThere(String by) {
    try (Visitor visitor = Chromium.visitor(WIDE).open("/")) {
      visitor.ask("/sim tokens=1500 rate=0");
      visitor.say("/sim tokens=220 rate=100");
      assertThat(answer(visitor.last())).containsText("19 20");
      if (by.equals("wheel")) {
        visitor.page.mouse().move(700, 300);
        visitor.page.mouse().wheel(0, -10);
      } else {
        visitor.page.locator("#scroller").focus();
        visitor.page.keyboard().press(by);
      }
      assertThat(visitor.page.locator("#jump")).isVisible();
      Visitor.assertWhole(visitor.last());
      assertThat(visitor.page.locator("#jump")).isVisible();
      assertThat(visitor.last().locator(".acts").last()).not().isInViewport();
    }
  }

  @Test
  void readingFurtherUpIsNotDisturbedByWhatIsWritten() {
    try (Visitor visitor = Chromium.visitor(WIDE).open("/")) {
      visitor.ask("/sim tokens=1500 rate=0");
      visitor.say("/sim tokens=400 rate=100");
      assertThat(answer(visitor.last())).containsText("1 2 3");
      visitor.page.mouse().move(700, 300);
      visitor.page.mouse().wheel(0, -600);
      assertThat(visitor.page.locator("#jump")).isVisible();
      Object before = visitor.page.evaluate("document.getElementById('scroller').scrollTop");
      assertThat(answer(visitor.last())).containsText("199 200");
      assertThat(visitor.page.evaluate("document.getElementById('scroller').scrollTop"))
          .isEqualTo(before);
      visitor.page.locator("#jump").click();
      Visitor.assertWhole(visitor.last());
      assertThat(visitor.last().locator(".acts").last()).isInViewport();
    }
  }
}
