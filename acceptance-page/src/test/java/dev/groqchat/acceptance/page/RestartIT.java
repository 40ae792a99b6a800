package dev.groqchat.acceptance.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.groqchat.acceptance.page.Visitor.answer;
import static dev.groqchat.acceptance.page.Visitor.assertStatus;
import static dev.groqchat.acceptance.page.Visitor.assertWhole;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.groqchat.acceptance.fixtures.PackagedService;
import dev.groqchat.acceptance.fixtures.Tool;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A service with keys and a Redis, which is killed in the middle of an answer. */
@ExtendWith(Chromium.class)
class RestartIT {
  private static final String KEY = "correct-horse";

  @TempDir private Path folder;

  @Test
  void aKeyIsAskedForOnceAndARestartLosesNothing() throws Exception {
    int port = freePort();
    Process redis = redis(port);
    PackagedService first = service(port);
    try (Doorway doorway = new Doorway(first.address());
        Visitor visitor = Chromium.visitor(1280, doorway.address())) {
      visitor.expecting("WebSocket connection|net::ERR|status of (401|503)").open("/");
      giveKey(visitor.page);
      assertWhole(visitor.ask("/sim text=\"kept\""));
      visitor.page.reload();
      assertThat(answer(visitor.last())).hasText("kept");
      visitor.say("/sim tokens=3000 rate=40");
      assertThat(answer(visitor.last())).containsText("1 2 3");
      assertWaitsInTheQueue(visitor.tab("/"));
      first.close();
      assertThat(visitor.page.locator("#badge")).hasText("Reconnecting …");
      visitor.picture("reconnecting");
      try (PackagedService second = service(port)) {
        doorway.leadTo(second.address());
        assertThat(visitor.page.locator("#badge")).hasText("Connected");
        assertStatus(visitor.last(), "failed");
        assertThat(visitor.last().locator(".problem")).containsText("The text up to here is kept.");
        assertThat(answer(visitor.last())).containsText("1 2 3");
        assertThat(answer(visitor.page.locator(".turn").first())).hasText("kept");
        visitor.page.reload();
        assertThat(visitor.page.locator(".turn")).hasCount(2);
      }
    } finally {
      first.close();
      redis.destroyForcibly();
    }
  }

  private static void giveKey(Page page) {
    Locator dialog = page.locator("dialog");
    dialog.locator("input").fill("wrong");
    dialog.getByText("Go on").click();
    assertThat(dialog).containsText("This key was not accepted.");
    dialog.locator("input").fill(KEY);
    dialog.getByText("Go on").click();
    assertThat(dialog).hasCount(0);
  }

  /** One turn at a time is let in, and there is one. */
  private static void assertWaitsInTheQueue(Page tab) {
    giveKey(tab);
    tab.locator("#message").fill("And I?");
    tab.keyboard().press("Enter");
    assertThat(tab.locator(".state")).containsText("Number 1 in the queue");
    tab.close();
  }

  private PackagedService service(int redis) throws IOException {
    return Chromium.demo(
        folder,
        Map.of(
            "CHAT_STORE", "redis",
            "REDIS_ADDR", "localhost:" + redis,
            "API_KEYS", "ada:" + KEY,
            "MAX_CONCURRENT_TURNS", "1",
            "REDIS_PATIENCE", "2s",
            "INSTANCE_LEASE", "3s",
            "INSTANCE_RENEWAL", "500ms"));
  }

  private Process redis(int port) throws IOException {
    return new ProcessBuilder(
            Tool.require("redis-server"), "--port", Integer.toString(port), "--save", "")
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("redis.log").toFile())
        .start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
