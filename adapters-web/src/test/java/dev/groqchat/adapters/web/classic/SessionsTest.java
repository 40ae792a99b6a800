package dev.groqchat.adapters.web.classic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.adapters.web.Answer;
import dev.groqchat.adapters.web.OverHttp;
import dev.groqchat.adapters.web.Site;
import dev.groqchat.application.fixtures.Script;
import dev.groqchat.domain.conversation.Message;
import dev.groqchat.domain.failure.Failure;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which conversation a classic client speaks in, and how it is told. */
@OverHttp
class SessionsTest {
  private final Site site;

  SessionsTest(Site site) {
    this.site = site;
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "raw", "content", "events"})
  void theAnswerCarriesTheNamedSessionBackAndNoCookieForIt(String format) {
    String session = site.name("My.session:_");

    Answer answer =
        site.post("/chat?format=" + format, Chat.messages("hi"), "X-Session-ID: " + session);

    assertThat(answer.header("X-Session-ID")).isEqualTo(session);
    assertThat(answer.cookies()).noneMatch(it -> it.startsWith("groqchat_session"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POST   | application/json | {\"messages\":[]} | 400",
        "POST   | application/json | {\"messages\":    | 400",
        "POST   | text/plain       | hi                | 415",
        "GET    | application/json | {}                | 405",
      })
  void anErrorCarriesTheSessionBackToo(String method, String type, String body, int status) {
    Answer answer =
        Site.send(
            site.request("/chat", "Content-Type: " + type, "X-Session-ID: mine")
                .method(method, java.net.http.HttpRequest.BodyPublishers.ofString(body)));

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("X-Session-ID")).isEqualTo("mine");
    assertThat(answer.cookies()).isEmpty();
  }

  @Test
  void aFailureOfTheModelCarriesTheSessionBackToo() {
    String message = site.asking(Script.refuses(new Failure.ModelUnavailable()));

    Answer answer = site.post("/chat", Chat.messages(message), "X-Session-ID: mine");

    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.header("X-Session-ID")).isEqualTo("mine");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "ü", "a/b", "<x>"})
  void aNameThatCannotBeIsRefused(String session) {
    Answer answer = site.post("/chat", Chat.messages("hi"), "X-Session-ID: " + session);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().get("error").stringValue())
        .isEqualTo("X-Session-ID must be 1 to 128 of A-Z a-z 0-9 . _ : -");
    assertThat(answer.header("X-Session-ID")).isEmpty();
    assertThat(site.get("/history", "X-Session-ID: " + session).status()).isEqualTo(400);
  }

  @Test
  void aNameThatIsTooLongIsRefused() {
    String longest = "x".repeat(128);

    assertThat(site.get("/history", "X-Session-ID: " + longest).status()).isEqualTo(200);
    assertThat(site.get("/history", "X-Session-ID: " + longest + "x").status()).isEqualTo(400);
  }

  @Test
  void aPromptsBadSessionIsATypedEvent() {
    Answer answer = site.post("/chat", Chat.prompt("hi"), "X-Session-ID: a b");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).startsWith("data: {\"type\":\"error\",\"content\":\"X-Session-ID ");
  }

  @Test
  void whoNamesNoneGetsANewOneAndACookieThatRemembersIt() {
    Answer first = site.post("/chat", Chat.whole("first"));
    String session = first.header("X-Session-ID");
    Answer second = site.post("/chat", Chat.whole("second"), "Cookie: " + first.cookiesSentBack());

    assertThat(UUID.fromString(session).version()).isEqualTo(7);
    assertThat(first.cookies()).hasSize(2).allSatisfy(SessionsTest::isShy);
    assertThat(first.cookiesSentBack()).contains("groqchat_session=" + session);
    assertThat(second.header("X-Session-ID")).isEqualTo(session);
    assertThat(second.cookies()).isEmpty();
    assertThat(site.get("/history", "X-Session-ID: " + session).json().size()).isEqualTo(4);
  }

  private static void isShy(String cookie) {
    assertThat(cookie).contains("; HttpOnly").contains("; SameSite=Lax").contains("; Path=/");
    assertThat(cookie).contains("; Max-Age=").doesNotContain("Secure");
  }

  @Test
  void theHeaderWinsOverTheCookie() {
    Answer answer =
        site.post(
            "/chat", Chat.whole("hi"), "Cookie: groqchat_session=other", "X-Session-ID: named");

    assertThat(answer.header("X-Session-ID")).isEqualTo("named");
  }

  @Test
  void anEmptyHeaderNamesNothing() {
    Answer answer =
        site.post("/chat", Chat.whole("hi"), "Cookie: groqchat_session=kept", "X-Session-ID: ");

    assertThat(answer.header("X-Session-ID")).isEqualTo("kept");
  }

  @Test
  void aCookieThatIsNoneOfOursIsAsGoodAsNone() {
    Answer answer = site.post("/chat", Chat.whole("hi"), "Cookie: groqchat_session=a/b; x=y");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(UUID.fromString(answer.header("X-Session-ID")).version()).isEqualTo(7);
    assertThat(answer.cookiesSentBack()).contains("groqchat_session=");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"messages\":[]}", "{\"prompt\":\"\"}", "{", "{\"messages\":[1]}"})
  void aRequestThatBreaksARuleLeavesNoCookie(String body) {
    Answer answer = site.post("/chat", body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.cookies()).isEmpty();
  }

  @Test
  void aTurnThatFailedIsSomethingToComeBackTo() {
    Answer answer =
        site.post(
            "/chat", Chat.messages(site.asking(Script.refuses(new Failure.ModelUnavailable()))));

    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.cookiesSentBack())
        .contains("groqchat_session=" + answer.header("X-Session-ID"));
  }

  @Test
  void oneMessageJoinsTheHistory() {
    String session = site.name("session");
    Chat.say(site, session, "one");
    Chat.say(site, session, "two");

    assertThat(sentLast()).containsExactly("one", "re: one", "two");
  }

  @Test
  void severalMessagesAreTheContextAndOnlyTheNewPairIsStored() {
    String session = site.name("session");
    Chat.say(site, session, "one");
    String body =
        """
        {"stream":false,"messages":[
          {"role":"user","content":"brought"},
          {"role":"assistant","content":"along"},
          {"role":"user","content":"new"}]}
        """;

    Answer answer = site.post("/chat", body, "X-Session-ID: " + session);

    assertThat(answer.body()).isEqualTo("{\"response\":\"re: new\"}");
    assertThat(sentLast()).containsExactly("brought", "along", "new");
    assertThat(site.get("/history", "X-Session-ID: " + session).body())
        .isEqualTo(
            "[{\"role\":\"user\",\"content\":\"one\"},"
                + "{\"role\":\"assistant\",\"content\":\"re: one\"},"
                + "{\"role\":\"user\",\"content\":\"new\"},"
                + "{\"role\":\"assistant\",\"content\":\"re: new\"}]");
  }

  @Test
  void aPromptJoinsTheHistory() {
    String session = site.name("session");
    String message = site.name("message");
    Chat.say(site, session, "one");

    site.post("/chat", Chat.prompt(message), "X-Session-ID: " + session);

    assertThat(sentLast()).containsExactly("one", "re: one", message);
  }

  private List<String> sentLast() {
    return site.fakes().model().questions().getLast().messages().stream()
        .map(Message::text)
        .toList();
  }
}
