package dev.groqchat.adapters.web.classic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.adapters.web.Answer;
import dev.groqchat.adapters.web.OverHttp;
import dev.groqchat.adapters.web.Site;
import dev.groqchat.application.fixtures.Script;
import dev.groqchat.domain.failure.Failure;
import org.junit.jupiter.api.Test;

/** GET and DELETE /history. */
@OverHttp
class HistoryTest {
  private final Site site;

  HistoryTest(Site site) {
    this.site = site;
  }

  @Test
  void holdsTheFinishedTurnsAlone() {
    String session = site.name("session");
    Chat.say(site, session, "one");
    String failing = site.asking(Script.script().says("half").fails(new Failure.ReplyCut()));
    site.post("/chat", Chat.messages(failing), "X-Session-ID: " + session);
    Chat.say(site, session, "two");

    Answer history = site.get("/history", "X-Session-ID: " + session);

    assertThat(history.status()).isEqualTo(200);
    assertThat(history.header("X-Session-ID")).isEqualTo(session);
    assertThat(history.header("Content-Type")).isEqualTo("application/json");
    assertThat(history.body())
        .isEqualTo(
            "[{\"role\":\"user\",\"content\":\"one\"},"
                + "{\"role\":\"assistant\",\"content\":\"re: one\"},"
                + "{\"role\":\"user\",\"content\":\"two\"},"
                + "{\"role\":\"assistant\",\"content\":\"re: two\"}]");
  }

  @Test
  void isEmptyBeforeAnythingWasSaid() {
    Answer history = site.get("/history", "X-Session-ID: " + site.name("session"));

    assertThat(history.status()).isEqualTo(200);
    assertThat(history.body()).isEqualTo("[]");
  }

  @Test
  void isForgottenOnceAndForAll() {
    String session = site.name("session");
    Chat.say(site, session, "one");

    Answer deleted = site.delete("/history", "X-Session-ID: " + session);

    assertThat(deleted.status()).isEqualTo(204);
    assertThat(deleted.body()).isEmpty();
    assertThat(deleted.header("X-Session-ID")).isEqualTo(session);
    assertThat(site.get("/history", "X-Session-ID: " + session).body()).isEqualTo("[]");
    assertThat(site.delete("/history", "X-Session-ID: " + session).status()).isEqualTo(204);
  }

  @Test
  void ofNobodyBeginsASessionThatIsRemembered() {
    Answer history = site.get("/history");

    assertThat(history.body()).isEqualTo("[]");
    assertThat(history.cookiesSentBack())
        .isEqualTo("groqchat_session=" + history.header("X-Session-ID"));
  }

  @Test
  void ofNobodyIsForgottenWithoutACookie() {
    Answer deleted = site.delete("/history");

    assertThat(deleted.status()).isEqualTo(204);
    assertThat(deleted.cookies()).isEmpty();
  }

  @Test
  void doesNotHideThatTheStoreIsAway() {
    site.fakes()
        .conversations()
        .interfere((operation, subject) -> {
          throw new dev.groqchat.domain.failure.ChatException(
              new Failure.StoreUnavailable(java.time.Duration.ofMillis(10)));
        });
    try {
      Answer history = site.get("/history", "X-Session-ID: mine");

      assertThat(history.status()).isEqualTo(503);
      assertThat(history.header("Retry-After")).isEqualTo("1");
      assertThat(history.header("X-Session-ID")).isEqualTo("mine");
    } finally {
      site.fakes().conversations().interfere((operation, subject) -> {});
    }
  }

  @Test
  void hasNoOtherMethods() {
    Answer answer = site.call("PUT", "/history", "X-Session-ID: mine");

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("Allow")).isEqualTo("DELETE, GET, HEAD, OPTIONS");
    assertThat(answer.header("X-Session-ID")).isEqualTo("mine");
  }
}
