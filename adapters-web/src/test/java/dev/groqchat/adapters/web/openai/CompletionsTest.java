package dev.groqchat.adapters.web.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.adapters.web.Answer;
import dev.groqchat.adapters.web.OverHttp;
import dev.groqchat.adapters.web.ScriptedRelays;
import dev.groqchat.adapters.web.Site;
import dev.groqchat.application.port.in.RelayQuestion.Verbatim;
import dev.groqchat.domain.conversation.Owner;
import dev.groqchat.domain.model.ModelId;
import dev.groqchat.domain.traffic.Allowance;
import dev.groqchat.domain.turn.Reuse;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Questions passed on, and replies as they come. */
@OverHttp
class CompletionsTest {
  private final Site site;
  private final ScriptedRelays relays;

  CompletionsTest(Site site, ScriptedRelays relays) {
    this.site = site;
    this.relays = relays;
  }

  @ParameterizedTest
  @ValueSource(strings = {"/openai/v1/chat/completions", "/v1/chat/completions"})
  void piecesAreEventsAsTheyAreAndDoneEndsThem(String path) {
    String message = site.name("message");
    relays.answers(message).says("{\"a\": 1}", "{\"b\":\"ü🙂\"}").says("{\"c\":\"<\\u003e\"}");

    Answer answer = site.post(path, Completions.body(message, ",\"stream\":true"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            "data: {\"a\": 1}\n\ndata: {\"b\":\"ü🙂\"}\n\ndata: {\"c\":\"<\\u003e\"}\n\ndata: [DONE]\n\n");
    assertThat(answer.header("Content-Type")).startsWith("text/event-stream");
    assertThat(answer.header("Cache-Control")).contains("no-transform");
    assertThat(answer.header("X-Accel-Buffering")).isEqualTo("no");
    assertThat(answer.header("X-Request-ID")).isNotEmpty();
    assertThat(answer.cookies()).isEmpty();
  }

  @Test
  void lineBreaksThatEventsDoNotHaveAreEscaped() {
    String message = site.name("message");
    relays.answers(message).says("{\"a\":\"x\u0085y\u2028z\u2029\"}");

    assertThat(Completions.stream(site, message).body())
        .isEqualTo("data: {\"a\":\"x\\u0085y\\u2028z\\u2029\"}\n\ndata: [DONE]\n\n");
  }

  @Test
  void aWholeReplyIsTheModelsJsonAsItIs() {
    String message = site.name("message");
    String json = "{\n  \"id\": \"x\u2028\",\n  \"choices\": []\n}\n";
    relays.answers(message).says(json);

    Answer answer = Completions.whole(site, message);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(json);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.header("X-Request-ID")).isNotEmpty();
    assertThat(answer.cookies()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"*/*", "application/json", "text/event-stream", "image/png", "no/such;q"})
  void acceptIsNotLookedAt(String accept) {
    String message = site.name("message");
    relays.answers(message).says("{}");

    assertThat(Completions.whole(site, message, "Accept: " + accept).body()).isEqualTo("{}");
    assertThat(Completions.stream(site, message, "Accept: " + accept).body())
        .isEqualTo("data: {}\n\ndata: [DONE]\n\n");
  }

  @Test
  void theQuestionIsPassedOnByteForByte() {
    String message = site.name("message");
    String body =
        """
        { "seed" : 1.0,\t"model":"openai/gpt-oss-20b", "messages":[{"content":"%s","role":"user"}],
          "max_completion_tokens": 17, "x": {"y": ["\\u00fc ü \\ud83d\\ude42", 1e-7]} }
        """
            .formatted(message);
    relays.answers(message).says("{}");

    assertThat(site.post(Completions.PATH, body).status()).isEqualTo(200);

    Verbatim question = relays.asked(message).question();
    assertThat(question.words()).isEqualTo(body);
    assertThat(question.model()).isEqualTo(new ModelId("openai/gpt-oss-20b"));
    assertThat(question.maxTokens()).isEqualTo(17);
    assertThat(question.inPieces()).isFalse();
    assertThat(question.reusable()).isFalse();
    assertThat(question.readable()).contains(message);
    assertThat(relays.asked(message).caller().owner()).isEqualTo(Owner.SHARED);
    // The whole answer is there before that.
    Site.until(() -> relays.asked(message).relay().closed());
  }

  @ParameterizedTest
  @CsvSource({"'',true", "no-cache,false", "'max-age=0, No-Cache',false"})
  void onlyAColdQuestionIsAnsweredByAReplyThatWasMadeBefore(String cacheControl, boolean reused) {
    String message = site.name("message");
    relays.answers(message).says("{}");
    String[] headers =
        cacheControl.isEmpty() ? new String[0] : new String[] {"Cache-Control: " + cacheControl};

    var _ = site.post(Completions.PATH, Completions.body(message, ",\"temperature\":0"), headers);

    assertThat(relays.asked(message).question().reusable()).isEqualTo(reused);
  }

  @ParameterizedTest
  @EnumSource
  void tellsWhereTheReplyComesFrom(Reuse reuse) {
    String message = site.name("message");
    relays.answers(message).begins(reuse).says("{}");

    assertThat(Completions.whole(site, message).header("X-Cache")).isEqualTo(reuse.word());
    assertThat(Completions.stream(site, message).header("X-Cache")).isEqualTo(reuse.word());
  }

  @Test
  void tellsWhatIsLeftOfTheLimitInBothForms() {
    String message = site.name("message");
    relays.answers(message).leaves(new Allowance(100, 42, Duration.ofMillis(179_560))).says("{}");

    for (Answer answer :
        new Answer[] {Completions.whole(site, message), Completions.stream(site, message)}) {
      assertThat(answer.header("x-ratelimit-limit-requests")).isEqualTo("100");
      assertThat(answer.header("x-ratelimit-remaining-requests")).isEqualTo("42");
      assertThat(answer.header("x-ratelimit-reset-requests")).isEqualTo("2m59.56s");
      assertThat(answer.header("RateLimit-Remaining")).isEqualTo("42");
      assertThat(answer.header("X-Cache")).isEmpty();
    }
  }

  @Test
  void saysNothingOfALimitThatIsNone() {
    String message = site.name("message");
    relays.answers(message).says("{}");

    assertThat(Completions.whole(site, message).headers().map())
        .doesNotContainKey("x-ratelimit-limit-requests");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Content-Type: application/json; charset=utf-8\n",
        "Content-Type: APPLICATION/JSON\n",
        "Content-Type: application/vnd.api+json\n"
      })
  void jsonIsJsonWhetherItIsSaidOrNot(String type) {
    String message = site.name("message");
    relays.answers(message).says("{}");
    String body = Completions.body(message, "");
    try (var wire = site.connect()) {
      assertThat(
              wire.send(
                      "POST /v1/chat/completions HTTP/1.1\nHost: x\nConnection: close\n"
                          + type
                          + "Content-Length: "
                          + body.length(),
                      body)
                  .readAll())
          .startsWith("HTTP/1.1 200")
          .endsWith("\r\n\r\n{}");
    }
  }

  @Test
  void anUpgradeToHttp2IsNotTaken() {
    String message = site.name("message");
    relays.answers(message).says("{}");
    String body = Completions.body(message, "");
    try (var wire = site.connect()) {
      String answer =
          wire.send(
                  """
                  POST /v1/chat/completions HTTP/1.1
                  Host: x
                  Connection: Upgrade, HTTP2-Settings
                  Upgrade: h2c
                  HTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA
                  Content-Type: application/json
                  Content-Length: %d
                  """
                      .formatted(body.length()),
                  body)
              .readTo("{}");

      assertThat(answer).startsWith("HTTP/1.1 200").doesNotContain("HTTP/1.1 101", "Upgrade:");
      assertThat(wire.post(Completions.PATH, body).readTo("{}")).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void aBodyInChunksIsReadToItsEnd() {
    String message = site.name("message");
    relays.answers(message).says("{}");
    byte[] body = Completions.body(message, "").getBytes(StandardCharsets.UTF_8);

    Answer answer =
        Site.send(
            site.request(Completions.PATH, "Content-Type: application/json")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));

    assertThat(answer.body()).isEqualTo("{}");
  }

  @Test
  void aConnectionServesOneQuestionAfterTheOther() {
    String message = site.name("message");
    relays.answers(message).says("{\"end\":1}");
    try (var wire = site.connect()) {
      for (int call = 0; call < 3; call++) {
        wire.post(Completions.PATH, Completions.body(message, "")).readTo("{\"end\":1}");
        wire.post(Completions.PATH, Completions.body(message, ",\"stream\":true"))
            .readTo("data: [DONE]\n\n\r\n0\r\n\r\n");
      }
    }
  }
}
