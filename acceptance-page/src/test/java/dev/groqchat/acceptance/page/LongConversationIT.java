package dev.groqchat.acceptance.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A conversation of 2,000 messages scrolls like one of two. */
@ExtendWith(Chromium.class)
class LongConversationIT {
  private static final int TURNS = 1000;
  private static final int PAGE = 50;
  private static final int MOST_IN_THE_DOCUMENT = 60;
  private static final Pattern CURSOR = Pattern.compile("cursor=turn-(\\d+)");

  @Test
  void onlyAWindowOfItIsInTheDocumentAndAllOfItCanBeReached() {
    try (Visitor visitor = Chromium.visitor(1280)) {
      visitor.page.route("**/api/conversations/long?*", LongConversationIT::answer);
      visitor.open("/#/c/long");
      assertThat(visitor.last().locator(".bubble")).hasText("Question 1000");
      int most = 0;
      visitor.page.mouse().move(700, 400);
      while (visitor.page.getByText("Question 1", EXACT).count() == 0) {
        visitor.page.mouse().wheel(0, -20_000);
        most = Math.max(most, visitor.page.locator(".turn").count());
      }
      assertThat(most).isLessThanOrEqualTo(MOST_IN_THE_DOCUMENT);
      visitor.picture("scrolled");
      visitor.page.locator("#jump").click();
      assertThat(visitor.last().locator(".bubble")).hasText("Question 1000");
      assertThat(visitor.last().locator(".acts").last()).isInViewport();
    }
  }

  @Test
  void whatCannotBeReadIsAskedForAgainOnlyByTheReader() {
    AtomicInteger asked = new AtomicInteger();
    try (Visitor visitor = Chromium.visitor(1280).expecting("status of 503")) {
      visitor.page.route("**/api/conversations/long?*", LongConversationIT::answer);
      visitor.open("/#/c/long");
      assertThat(visitor.last().locator(".bubble")).hasText("Question 1000");
      visitor.page.route(
          CURSOR,
          route -> {
            asked.incrementAndGet();
            route.fulfill(new Route.FulfillOptions().setStatus(503).setBody("{}"));
          });
      Locator words = visitor.page.getByText("Older messages could not be read.");
      visitor.page.mouse().move(700, 400);
      while (words.count() == 0 && asked.get() < 3) {
        visitor.page.mouse().wheel(0, -20_000);
      }
      assertThat(words).isVisible();
      visitor.page.mouse().wheel(0, 2_000);
      visitor.page.mouse().wheel(0, -20_000);
      visitor.page.unroute(CURSOR);
      assertThat(asked).hasValue(1);
      words.getByText("Try again").click();
      assertThat(visitor.page.getByText("Question 950", EXACT)).isAttached();
    }
  }

  private static final com.microsoft.playwright.Page.GetByTextOptions EXACT =
      new com.microsoft.playwright.Page.GetByTextOptions().setExact(true);

  /** In the service's place, which would take a while to answer a thousand questions. */
  private static void answer(Route route) {
    Matcher cursor = CURSOR.matcher(route.request().url());
    int end = cursor.find() ? Integer.parseInt(cursor.group(1)) : TURNS + 1;
    int from = Math.max(1, end - PAGE);
    String turns =
        IntStream.range(from, end)
            .mapToObj(LongConversationIT::turn)
            .collect(Collectors.joining(","));
    String next = from > 1 ? ",\"next\":\"turn-%04d\"".formatted(from) : "";
    route.fulfill(
        new Route.FulfillOptions()
            .setContentType("application/json")
            .setBody("{\"id\":\"long\",\"title\":\"Long\",\"turns\":[" + turns + "]" + next + "}"));
  }

  private static String turn(int number) {
    return """
    {"id":"turn-%04d","status":"finished","message":"Question %d","text":"Answer **%d**\\n\\n```js\\nlet a = %d;\\n```",\
    "reasoning":"","model":"m","created_at":"2026-11-20T10:00:00Z","last_seq":3}\
    """
        .formatted(number, number, number, number);
  }
}
