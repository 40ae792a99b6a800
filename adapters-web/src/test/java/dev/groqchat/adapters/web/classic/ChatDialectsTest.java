package dev.groqchat.adapters.web.classic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.adapters.web.Answer;
import dev.groqchat.adapters.web.OverHttp;
import dev.groqchat.adapters.web.Site;
import dev.groqchat.application.fixtures.Gate;
import dev.groqchat.application.fixtures.Script;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The four answers of POST /chat, to the byte, and which of them is given. */
@OverHttp
class ChatDialectsTest {
  private static final String STREAM = "Accept: text/event-stream";

  private final Site site;

  ChatDialectsTest(Site site) {
    this.site = site;
  }

  @Test
  void rawTextKeepsEveryBlankAndTurnsNewlinesIntoLines() {
    String message =
        site.asking(
            Script.answers("Hel", " lo", "  ", "a\nb", "\n", "c\r\nd", "\r", "\n\n e", "[x]"));

    Answer answer = site.post("/chat", Chat.messages(message), STREAM);

    assertThat(answer.frames())
        .isEqualTo(
            """
            data: Hel

            data:  lo

            data:\s\s\s

            data: a
            data: b

            data:\s
            data:\s

            data: c
            data: d

            data:\s
            data:\s

            data:\s
            data:\s
            data:  e

            data: [x]

            data: [DONE]

            """);
  }

  @Test
  void rawTextIsUtf8() {
    String message = site.asking(Script.answers("😀 é", "\u2028\u0085"));

    Answer answer = site.post("/chat", Chat.messages(message), STREAM);

    assertThat(answer.frames()).isEqualTo("data: 😀 é\n\ndata: \u2028\u0085\n\ndata: [DONE]\n\n");
  }

  @Test
  void contentIsOneJsonObjectAPiece() {
    String message = site.asking(Script.answers("Hel", " lo\n", "\"\\", "😀"));

    Answer answer = site.post("/chat", Chat.messages(message));

    assertThat(answer.frames())
        .isEqualTo(
            """
            data: {"content":"Hel"}

            data: {"content":" lo\\n"}

            data: {"content":"\\"\\\\"}

            data: {"content":"😀"}

            data: [DONE]

            """);
  }

  @Test
  void contentHoldsNoLineBreakThatOnlySomeKnow() {
    String message = site.asking(Script.answers("a\u0085b\u2028c\u2029d"));

    Answer answer = site.post("/chat", Chat.messages(message));

    assertThat(answer.frames())
        .isEqualTo("data: {\"content\":\"a\\u0085b\\u2028c\\u2029d\"}\n\ndata: [DONE]\n\n");
  }

  @Test
  void aPromptIsAnsweredWithTypedEvents() {
    String message = site.asking(Script.answers("Hel", "lo\u2028"));

    Answer answer = site.post("/chat", Chat.prompt(message), "X-Request-ID: r-1");

    assertThat(answer.frames())
        .isEqualTo(
            """
            data: {"type":"connected","content":"","request_id":"r-1"}

            data: {"type":"content","content":"Hel","request_id":"r-1"}

            data: {"type":"content","content":"lo\\u2028","request_id":"r-1"}

            data: {"type":"done","content":"","request_id":"r-1"}

            """);
  }

  @Test
  void theWholeReplyIsOneJsonObject() {
    String message = site.asking(Script.answers("Hel", "lo\n"));

    Answer answer = site.post("/chat", Chat.whole(message));

    assertThat(answer.body()).isEqualTo("{\"response\":\"Hello\\n\"}");
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // body's stream | query | Accept | what comes
        "       |               |                                     | content",
        "       |               | */*                                 | content",
        "       |               | application/json                    | content",
        "       |               | text/event-stream                   | raw",
        "       |               | Text/Event-Stream; q=0.9            | raw",
        "       |               | application/json, text/event-stream | raw",
        "       | ?stream=true  |                                     | raw",
        "       | ?stream=true  | application/json                    | raw",
        "       | ?stream=false |                                     | content",
        "null   |               |                                     | content",
        "true   |               |                                     | content",
        "true   |               | text/event-stream                   | raw",
        "true   | ?stream=true  |                                     | raw",
        "false  |               |                                     | json",
        "false  |               | text/event-stream                   | json",
        "false  |               | text/plain                          | json",
        "false  | ?stream=true  |                                     | json",
        "false  | ?format=raw   |                                     | raw",
        "false  | ?format=content | text/event-stream                 | content",
        "true   | ?format=json  | text/event-stream                   | json",
        "       | ?format=events |                                    | events",
        "       | ?format=raw&stream=false | application/json         | raw",
      })
  void messagesAreAnsweredAsTheTableSays(
      String inBody, String query, String accept, String expected) {
    String message = site.name("question");
    String stream = inBody == null ? "" : ",\"stream\":" + inBody;
    String body =
        "{\"messages\":[{\"role\":\"user\",\"content\":\"" + message + "\"}]" + stream + "}";
    String[] headers = accept == null ? new String[0] : new String[] {"Accept: " + accept};

    Answer answer = site.post("/chat" + (query == null ? "" : query), body, headers);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(format(answer)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-, -, events",
        "true, -, events",
        "false, -, json",
        "-, json, json",
        "-, raw, raw",
        "false, content, content",
      })
  void promptsAreAnsweredAsTheTableSays(String inBody, String format, String expected) {
    String stream = inBody == null ? "" : ",\"stream\":" + inBody;
    String body = "{\"prompt\":\"" + site.name("question") + "\"" + stream + "}";

    Answer answer = site.post("/chat" + (format == null ? "" : "?format=" + format), body, STREAM);

    assertThat(format(answer)).isEqualTo(expected);
  }

  @Test
  void messagesWinOverAPrompt() {
    String message = site.name("question");
    String body =
        "{\"prompt\":\"no\",\"messages\":[{\"role\":\"user\",\"content\":\"" + message + "\"}]}";

    assertThat(site.post("/chat", body).body()).contains("{\"content\":\"re: " + message + "\"}");
  }

  @ParameterizedTest
  @CsvSource({"raw", "content", "events"})
  void streamsSayThatNobodyMayKeepOrChangeThem(String format) {
    Answer answer = site.post("/chat?format=" + format, Chat.messages(site.name("question")));

    assertThat(answer.header("Content-Type")).isEqualTo("text/event-stream;charset=utf-8");
    assertThat(answer.header("Cache-Control")).isEqualTo("private, no-store, no-transform");
    assertThat(answer.header("X-Accel-Buffering")).isEqualTo("no");
  }

  @ParameterizedTest
  @CsvSource({"raw", "content", "events"})
  void whatTheModelThinksIsNotTold(String format) {
    String message = site.asking(Script.script().thinks("hush").says("loud").thinks("hush").ends());

    Answer answer = site.post("/chat?format=" + format, Chat.messages(message));

    assertThat(answer.body()).contains("loud").doesNotContain("hush");
  }

  @Test
  void aWaitIsAComment() {
    Gate gate = new Gate();
    String session = site.name("session");
    String first = site.asking(Script.script().says("one").waits(gate).ends());
    try (var running =
            site.connect().post("/chat", Chat.messages(first), "X-Session-ID: " + session);
        var waiting = site.connect()) {
      running.readTo("one");
      waiting.post("/chat", Chat.messages(site.name("question")), "X-Session-ID: " + session);

      assertThat(waiting.readTo("queued 1")).doesNotContain("data: ");

      gate.open();
      waiting.readTo("data: [DONE]");
    }
  }

  private static String format(Answer answer) {
    String body = answer.frames();
    if (body.startsWith("{\"response\":")) {
      return "json";
    }
    if (body.startsWith("data: {\"content\":")) {
      return "content";
    }
    return body.startsWith("data: {\"type\":\"connected\"") ? "events" : "raw";
  }
}
