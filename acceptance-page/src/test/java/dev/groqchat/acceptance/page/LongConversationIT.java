package dev.groqchat.acceptance.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A conversation of 2,000 messages is as quick as one of two. */
@ExtendWith(Chromium.class)
class LongConversationIT {
  private static final int TURNS = 1000;
  private static final int MOST_IN_THE_DOCUMENT = 62;

  @Test
  void onlyAWindowOfItIsInTheDocumentAndAllOfItCanBeReached() throws Exception {
    fill("long");
    try (Visitor visitor = Chromium.visitor(1280).open("/#/c/long")) {
      assertThat(visitor.last().locator(".bubble")).containsText("number " + TURNS + " ");
      int most = 0;
      while (visitor.page.getByText("number 1 of all").count() == 0) {
        visitor.page.mouse().move(700, 400);
        visitor.page.mouse().wheel(0, -20_000);
        most = Math.max(most, visitor.page.locator(".turn").count());
        visitor.page.waitForTimeout(10);
      }
      assertThat(most).isLessThanOrEqualTo(MOST_IN_THE_DOCUMENT);
      assertThat(visitor.page.locator("#jump")).isVisible();
      visitor.picture("scrolled");
      visitor.page.locator("#jump").click();
      assertThat(visitor.last().locator(".bubble")).containsText("number " + TURNS + " ");
      assertThat(visitor.last()).isInViewport();
    }
  }

  /** The turns of one conversation run one after the other: sending many at once keeps it busy. */
  private static void fill(String conversation) throws IOException, InterruptedException {
    URI turns =
        URI.create(
            "http://" + Chromium.address() + "/api/conversations/" + conversation + "/turns");
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (int i = 1; i <= TURNS; i++) {
        String body = "{\"message\":\"/sim rate=0 first=0ms text=ok\\nnumber " + i + " of all\"}";
        HttpRequest request =
            HttpRequest.newBuilder(turns)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        assertThat(client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
            .isEqualTo(200);
      }
    }
  }
}
