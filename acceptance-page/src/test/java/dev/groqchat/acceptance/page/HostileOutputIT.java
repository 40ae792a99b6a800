package dev.groqchat.acceptance.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.groqchat.acceptance.page.Visitor.answer;
import static dev.groqchat.acceptance.page.Visitor.assertWhole;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a model says is data: it runs nothing, loads nothing and leads nobody astray. */
@ExtendWith(Chromium.class)
class HostileOutputIT {
  private static final int WIDE = 1280;

  private static final List<String> MARKUP =
      List.of(
          "<img src=x onerror='window.pwned=1'>",
          "</script><script>window.pwned=1</script>",
          "<svg/onload=window.pwned=1><iframe srcdoc='<script>parent.pwned=1</script>'>",
          "<style>body{display:none}</style><form action=//evil.example><button>Send</button>");

  @Test
  void markupStaysText() {
    try (Visitor visitor = Chromium.visitor(WIDE).open("/")) {
      for (String text : MARKUP) {
        Locator turn = visitor.ask(script(text));
        assertWhole(turn);
        assertThat(answer(turn)).containsText(text.substring(0, 10));
        assertThat(answer(turn).locator("img, script, svg, iframe, style, form")).hasCount(0);
      }
      assertThat(visitor.page.evaluate("window.pwned")).isNull();
    }
  }

  @Test
  void linksLeadOnlyWhereOneCanSee() {
    try (Visitor visitor = Chromium.visitor(WIDE).open("/")) {
      Locator turn =
          visitor.ask(
              script(
                  "[a](javascript:alert(1)) [b](data:text/html,hi) [c](vbscript:x) [d](/api/models)\\n\\n"
                      + "[good](https://example.org/x) and https://example.net/y"));
      assertThat(answer(turn).locator("a")).hasCount(2);
      for (Locator link : answer(turn).locator("a").all()) {
        assertThat(link).hasAttribute("rel", "noopener noreferrer nofollow");
        assertThat(link).hasAttribute("target", "_blank");
      }
    }
  }

  @Test
  void picturesAreLinksAndNothingIsLoaded() {
    try (Visitor visitor = Chromium.visitor(WIDE)) {
      List<String> foreign = new ArrayList<>();
      visitor.page.onRequest(request -> {
        if (!request.url().contains(Chromium.address())) {
          foreign.add(request.url());
        }
      });
      visitor.open("/");
      Locator turn = visitor.ask(script("![a cat](https://tracker.example/pixel.png?you)"));
      assertThat(answer(turn).locator("a.picture")).hasText("a cat");
      assertThat(foreign).isEmpty();
    }
  }

  @Test
  void charactersThatReorderOthersAreShownInCodeAndContainedInProse() {
    try (Visitor visitor = Chromium.visitor(WIDE).open("/")) {
      Locator turn =
          visitor.ask(
              script("\u202Edesrever\\n\\nnext paragraph\\n\\n```js\\nif (a\u202E) b\\n```"));
      assertWhole(turn);
      assertThat(answer(turn).locator(".ordering")).hasAttribute("data-name", "U+202E");
      assertThat(answer(turn).locator("p").nth(1)).hasCSS("unicode-bidi", "plaintext");
    }
  }

  @Test
  void rightToLeftTextRunsRightToLeft() {
    try (Visitor visitor = Chromium.visitor(375).open("/")) {
      Locator turn =
          visitor.ask(script("مرحبا **بالعالم**\\n\\n- واحد\\n- اثنان\\n\\nAnd English."));
      assertWhole(turn);
      assertThat(visitor.fitsTheScreen()).isTrue();
      assertThat(runs(answer(turn).locator("p").first())).isEqualTo("rtl");
      assertThat(runs(answer(turn).locator("p").last())).isEqualTo("ltr");
      visitor.picture("rtl");
    }
  }

  /** Which way a text runs, by where its first character stands. */
  private static Object runs(Locator text) {
    return text.evaluate(
        """
        it => {
          const range = document.createRange();
          range.selectNodeContents(it);
          const whole = range.getBoundingClientRect();
          const first = document.createTreeWalker(it, NodeFilter.SHOW_TEXT).nextNode();
          range.setStart(first, 0);
          range.setEnd(first, 1);
          const letter = range.getBoundingClientRect();
          return letter.left - whole.left > whole.right - letter.right ? 'rtl' : 'ltr';
        }\
        """);
  }

  @Test
  void aVeryLongLineAndAHugeTableDoNoHarm() {
    try (Visitor visitor = Chromium.visitor(375).open("/")) {
      Locator line = visitor.ask(script("x".repeat(30_000)));
      assertWhole(line);
      assertThat(visitor.fitsTheScreen()).isTrue();
      String row = "|" + "a|".repeat(100);
      Locator table =
          visitor.ask(script(row + "\\n|" + "-|".repeat(100) + ("\\n" + row).repeat(100)));
      assertWhole(table);
      assertThat(visitor.fitsTheScreen()).isTrue();
      visitor.picture("huge-table");
    }
  }

  /** A message that has the simulator say a text; {@code \n} stands for a line break. */
  private static String script(String text) {
    return "/sim rate=0 first=0ms text=\"" + text.replace("\"", "\\\"") + "\"";
  }
}
