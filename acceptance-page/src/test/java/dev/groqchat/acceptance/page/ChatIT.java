package dev.groqchat.acceptance.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.groqchat.acceptance.page.Visitor.answer;
import static dev.groqchat.acceptance.page.Visitor.assertStatus;
import static dev.groqchat.acceptance.page.Visitor.assertWhole;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Asking, and what one can do with an answer. */
@ExtendWith(Chromium.class)
class ChatIT {
  private static final int WIDE = 1280;

  @ParameterizedTest
  @ValueSource(ints = {375, 1280})
  void showsAtOnceWhatTheServiceCanDo(int width) {
    try (Visitor visitor = Chromium.visitor(width).open("/")) {
      assertThat(visitor.page.locator(".welcome")).containsText("This is the demo.");
      assertThat(visitor.page.locator(".welcome")).containsText("/chat -H");
      assertThat(visitor.page.getByText("Swagger UI")).hasAttribute("href", "swagger-ui.html");
      assertThat(visitor.page.locator("#model option")).not().hasCount(1);
      assertThat(visitor.fitsTheScreen()).isTrue();
      visitor.picture("welcome");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {375, 1280})
  void streamsAnAnswerAsMarkdown(int width) {
    try (Visitor visitor = Chromium.visitor(width).open("/web")) {
      visitor.page.getByText("Tables, lists and code").click();
      assertThat(visitor.last().locator(".state")).isVisible();
      assertWhole(visitor.last());
      Locator answer = answer(visitor.last());
      assertThat(answer.locator("td.to-right").first()).hasText("5");
      assertThat(answer.locator(".hljs-keyword").first()).hasText("def");
      assertThat(visitor.page.locator("#title")).hasText("Tables, lists and code");
      assertThat(visitor.fitsTheScreen()).isTrue();
      visitor.picture("answer");
    }
  }

  @Test
  void drawsOnlyWhatStillGrows() {
    try (Visitor visitor = Chromium.visitor(WIDE).open("/")) {
      String paragraph = "Some words that make a paragraph of their own. ".repeat(3) + "\\n\\n";
      visitor.say("/sim rate=1000 text=\"" + paragraph.repeat(100) + "\"");
      assertThat(answer(visitor.last()).locator("p").nth(1)).isVisible();
      visitor.page.evaluate("document.querySelector('.by-model p').dataset.first = 'kept'");
      assertWhole(visitor.last());
      assertThat(answer(visitor.last()).locator("p")).hasCount(100);
      assertThat(answer(visitor.last()).locator("p").first()).hasAttribute("data-first", "kept");
      assertThat(visitor.last().locator(".acts").last()).isInViewport();
    }
  }

  @Test
  void foldsReasoningAway() {
    try (Visitor visitor = Chromium.visitor(WIDE).open("/")) {
      Locator turn = visitor.ask("/sim thinking=\"Let me see.\" text=\"Here it is.\"");
      assertThat(turn.locator(".thought .md")).isHidden();
      turn.locator(".thought summary").click();
      assertThat(turn.locator(".thought .md")).hasText("Let me see.");
      assertThat(answer(turn)).hasText("Here it is.");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {375, 1280})
  void stopsWhenToldTo(int width) {
    try (Visitor visitor = Chromium.visitor(width).open("/")) {
      visitor.say("/sim tokens=3000 rate=30");
      assertThat(answer(visitor.last())).containsText("1 2 3");
      visitor.button("Stop the answer").click();
      assertStatus(visitor.last(), "stopped");
      assertThat(visitor.last()).containsText("You stopped this answer.");
      assertThat(visitor.button("Send")).isVisible();
    }
  }

  @Test
  void triesAgainWhatFailedAndShowsBothAttempts() {
    try (Visitor visitor = Chromium.visitor(WIDE).open("/")) {
      Locator turn = visitor.ask("/sim tokens=50 cut-after=20");
      assertStatus(turn, "failed");
      assertThat(turn.locator(".problem")).containsText("The text up to here is kept.");
      visitor.picture("failed");
      turn.locator(".problem .primary").click();
      assertThat(visitor.last().locator(".pager")).containsText("2 of 2");
      assertThat(visitor.page.locator(".turn")).hasCount(1);
      visitor.button("Earlier attempt").click();
      assertThat(visitor.last().locator(".pager")).containsText("1 of 2");
    }
  }

  @Test
  void countsDownToWhenAFullProviderMayBeAskedAgain() {
    try (Visitor visitor = Chromium.visitor(WIDE)) {
      visitor.page.routeWebSocket(
          Pattern.compile("/ws$"),
          page ->
              page.connectToServer()
                  .onMessage(
                      frame -> page.send(frame.text().replaceAll("in \\d+ s\\b", "in 2.5 s"))));
      Locator turn = visitor.open("/").ask("/sim error=503 retry-after=1s");
      assertStatus(turn, "failed");
      Locator again = turn.locator(".problem .primary");
      assertThat(turn.locator(".problem")).containsText("2.5 s");
      assertThat(again).hasText(Pattern.compile("Try again in \\d+ s"));
      assertThat(again).isEnabled();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {375, 1280})
  void editsTheLastMessageAndSendsItAgain(int width) {
    try (Visitor visitor = Chromium.visitor(width).open("/")) {
      visitor.ask("/sim text=\"first answer\"");
      visitor.last().getByLabel("Edit and send again").click();
      assertThat(visitor.page.locator("#message")).hasValue("/sim text=\"first answer\"");
      visitor.say("/sim text=\"second answer\"");
      assertThat(answer(visitor.last())).hasText("second answer");
      assertThat(visitor.page.locator(".turn")).hasCount(1);
      visitor.page.reload();
      assertThat(answer(visitor.last())).hasText("second answer");
      assertThat(visitor.last().locator(".pager")).containsText("2 of 2");
    }
  }

  @Test
  void tellsWhatAnAnswerTookAndWhatTheModelSaw() {
    try (Visitor visitor = Chromium.visitor(WIDE).open("/")) {
      visitor.button("Instructions for this conversation").click();
      visitor.page.locator("dialog textarea").fill("Answer like a pirate.");
      visitor.button("Save").click();
      visitor.ask("/sim text=\"Aye\"").locator(".about").click();
      Locator dialog = visitor.page.locator("dialog");
      assertThat(dialog).containsText("First token after");
      assertThat(dialog).containsText("byte for byte");
      assertThat(dialog.locator(".context")).containsText("Answer like a pirate.");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {375, 1280})
  void keepsConversationsInAList(int width) {
    try (Visitor visitor = Chromium.visitor(width).open("/")) {
      visitor.ask("The first of them");
      openList(visitor, width);
      visitor.button("New conversation").click();
      visitor.ask("Another one, to be renamed");
      openList(visitor, width);
      assertThat(visitor.page.locator(".entry")).hasCount(2);
      visitor.page.getByLabel("Search in titles").fill("first");
      assertThat(visitor.page.locator(".entry")).hasCount(1);
      visitor.page.getByLabel("Search in titles").fill("");
      Locator entry = visitor.page.locator(".entry", containing("to be renamed"));
      entry.hover();
      entry.getByLabel(Pattern.compile("^Rename")).click();
      visitor.page.locator("dialog input").fill("Renamed");
      visitor.button("Rename").click();
      assertThat(visitor.page.locator("#title")).hasText("Renamed");
      visitor.picture("list");
      visitor.page.locator(".entry", containing("Renamed")).hover();
      visitor.page.getByLabel("Delete Renamed").click();
      visitor.button("Delete").click();
      assertThat(visitor.page.locator(".entry")).hasCount(1);
      assertThat(visitor.page.locator(".welcome")).not().hasAttribute("hidden", "");
    }
  }

  private static void openList(Visitor visitor, int width) {
    if (width < WIDE) {
      visitor.button("Show the list").click();
    }
  }

  private static Page.LocatorOptions containing(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }
}
