package dev.groqchat.acceptance.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.groqchat.acceptance.page.Visitor.answer;
import static dev.groqchat.acceptance.page.Visitor.assertStatus;
import static dev.groqchat.acceptance.page.Visitor.assertWhole;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.RequestOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An answer reaches its reader whole, whatever becomes of the connection. */
@ExtendWith(Chromium.class)
class ConnectionIT {
  private static final int WIDE = 1280;
  private static final String LOST = "WebSocket connection|net::ERR";
  private static final String NOT_FOUND = "status of 404";

  @Test
  void anAnswerGoesOnAfterAReload() {
    try (Visitor visitor = Chromium.visitor(WIDE).open("/")) {
      visitor.say("/sim tokens=150 rate=60");
      assertThat(answer(visitor.last())).containsText("10 11 12");
      visitor.page.reload();
      assertWhole(visitor.last());
      assertThat(answer(visitor.last())).containsText("1 2 3 4");
      assertThat(answer(visitor.last())).containsText("149 150");
    }
  }

  @Test
  void aSecondTabShowsTheSameAnswerAsItIsWritten() {
    try (Visitor visitor = Chromium.visitor(WIDE).open("/")) {
      visitor.ask("/sim text=\"the first\"");
      Page tab = visitor.tab(visitor.place());
      assertThat(tab.locator(".turn")).hasCount(1);
      visitor.say("/sim tokens=120 rate=60");
      Locator there = tab.locator(".turn").nth(1);
      assertThat(answer(there)).containsText("1 2 3");
      assertWhole(visitor.last());
      assertWhole(there);
      assertThat(answer(there)).containsText("119 120");
    }
  }

  @Test
  void anAnswerIsTakenUpWhereTheConnectionWasLost() throws IOException {
    try (Doorway doorway = new Doorway(Chromium.address());
        Visitor visitor = Chromium.visitor(WIDE, doorway.address()).expecting(LOST).open("/")) {
      visitor.say("/sim tokens=150 rate=50");
      assertThat(answer(visitor.last())).containsText("8 9 10");
      doorway.cut();
      assertWhole(visitor.last());
      assertThat(answer(visitor.last())).containsText("149 150");
      assertThat(visitor.page.locator("#badge")).hasText("Connected");
    }
  }

  @Test
  void eventStreamsServeWhereSocketsAreBlockedAndTheReasonIsTold() throws IOException {
    try (Doorway doorway = new Doorway(Chromium.address())) {
      doorway.refuseSockets();
      try (Visitor visitor = Chromium.visitor(WIDE, doorway.address()).expecting(LOST).open("/")) {
        visitor.say("/sim tokens=60 rate=60");
        assertThat(answer(visitor.last())).containsText("1 2 3");
        assertWhole(visitor.last());
        visitor.page.locator("#badge").click();
        assertThat(visitor.page.locator("dialog")).containsText("WebSockets do not get through");
        assertThat(visitor.page.locator("dialog")).containsText("event streams over HTTP");
        visitor.picture("connection");
      }
    }
  }

  @Test
  void anAnswerGoesOnWhereOneComesBackToItOverEventStreams() throws IOException {
    try (Doorway doorway = new Doorway(Chromium.address())) {
      doorway.refuseSockets();
      try (Visitor visitor = Chromium.visitor(WIDE, doorway.address()).expecting(LOST).open("/")) {
        visitor.say("/sim tokens=70 rate=50");
        assertThat(answer(visitor.last())).containsText("1 2 3");
        visitor.button("New conversation").click();
        assertThat(visitor.page.locator(".turn")).hasCount(0);
        visitor.page.goBack();
        assertStatus(visitor.last(), "finished");
        assertThat(answer(visitor.last())).containsText("69 70");
      }
    }
  }

  @Test
  void stopIsHeardThoughTheServiceHasNotAnsweredYet() {
    List<Runnable> held = new ArrayList<>();
    try (Visitor visitor = Chromium.visitor(WIDE)) {
      visitor.page.routeWebSocket(
          Pattern.compile("/ws$"),
          page ->
              page.connectToServer()
                  .onMessage(frame -> {
                    if (frame.text().contains("pong")) {
                      page.send(frame.text());
                    } else {
                      held.add(() -> page.send(frame.text()));
                    }
                  }));
      visitor.open("/").say("/sim tokens=3000 rate=30");
      visitor.page.waitForCondition(() -> !held.isEmpty());
      visitor.button("Stop the answer").click();
      assertThat(visitor.last().locator(".state")).hasText("Stopping");
      visitor.page.waitForResponse(
          answer -> answer.url().endsWith("/stop"), () -> held.getFirst().run());
      visitor.page.waitForCondition(() -> held.size() > 2);
      List.copyOf(held).stream().skip(1).forEach(Runnable::run);
      visitor.page.reload();
      assertStatus(visitor.last(), "stopped");
    }
  }

  @Test
  void whatAReaderWasTooSlowForComesAsOnePiece() {
    AtomicReference<String> text = new AtomicReference<>("");
    try (Visitor visitor = Chromium.visitor(WIDE)) {
      visitor.page.routeWebSocket(
          Pattern.compile("/ws$"),
          page -> page.connectToServer().onMessage(frame -> page.send(late(frame.text(), text))));
      visitor.open("/").say("/sim tokens=60 rate=60");
      assertWhole(visitor.last());
      assertThat(answer(visitor.last())).containsText("59 60");
    }
  }

  /** Every piece of a text is lost, and told again with all before it. */
  private static String late(String frame, AtomicReference<String> text) {
    JsonObject event = JsonParser.parseString(frame).getAsJsonObject();
    if (!event.get("type").getAsString().equals("delta")) {
      return frame;
    }
    event.addProperty("type", "gap");
    event.addProperty("text", text.updateAndGet(it -> it + event.get("text").getAsString()));
    return event.toString();
  }

  @Test
  void whatWasSentWhileTheConversationWasReadStays() {
    List<Runnable> held = new ArrayList<>();
    try (Visitor visitor = Chromium.visitor(WIDE).open("/")) {
      visitor.ask("/sim text=\"before\"");
      visitor.page.route(
          Pattern.compile("/api/conversations/[^/?]+\\?limit"),
          route -> {
            APIResponse answer = route.fetch();
            held.add(() -> route.fulfill(new Route.FulfillOptions().setResponse(answer)));
          });
      visitor.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
      visitor.page.waitForCondition(() -> !held.isEmpty());
      visitor.ask("/sim text=\"meanwhile\"");
      visitor.page.waitForResponse(
          answer -> answer.url().contains("?limit"), () -> held.getFirst().run());
      visitor.page.evaluate("new Promise(done => setTimeout(done, 100))");
      assertThat(visitor.page.locator(".turn")).hasCount(2);
      assertThat(answer(visitor.last())).hasText("meanwhile");
    }
  }

  @Test
  void whileTheServiceIsAwayThePageSaysSoAndSendsWhenItIsBack() throws IOException {
    try (Doorway doorway = new Doorway(Chromium.address());
        Visitor visitor = Chromium.visitor(WIDE, doorway.address()).expecting(LOST).open("/")) {
      visitor.ask("/sim text=\"still here\"");
      doorway.leadTo("localhost:1");
      doorway.cut();
      assertThat(visitor.page.locator("#badge")).hasText("Reconnecting …");
      visitor.say("/sim text=\"sent when it was back\"");
      assertThat(visitor.last()).containsText("The connection is lost.");
      doorway.leadTo(Chromium.address());
      assertThat(visitor.page.locator("#badge")).hasText("Connected");
      assertWhole(visitor.last());
      assertThat(answer(visitor.last())).hasText("sent when it was back");
      assertThat(visitor.page.locator(".turn")).hasCount(2);
    }
  }

  @Test
  void whatTheServiceHasForgottenIsShownFromThisTab() {
    try (Visitor visitor = Chromium.visitor(WIDE).expecting(NOT_FOUND).open("/")) {
      visitor.ask("/sim text=\"gone soon\"");
      String id = visitor.place().substring("/#/c/".length());
      visitor
          .page
          .request()
          .delete(
              "http://" + Chromium.address() + "/api/conversations/" + id, RequestOptions.create());
      visitor.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
      assertThat(visitor.page.locator("#banner")).containsText("This is this tab’s copy.");
      assertThat(answer(visitor.last())).hasText("gone soon");
    }
  }

  @Test
  void anAddressThatLeadsNowhereSaysSo() {
    try (Visitor visitor = Chromium.visitor(WIDE).expecting(NOT_FOUND).open("/#/c/there-is-none")) {
      assertThat(visitor.page.locator("#banner")).containsText("There is no such conversation.");
    }
  }
}
