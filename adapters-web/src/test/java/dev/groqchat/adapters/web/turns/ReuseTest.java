package dev.groqchat.adapters.web.turns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.adapters.web.Answer;
import dev.groqchat.adapters.web.Doorkeeper;
import dev.groqchat.adapters.web.OverHttp;
import dev.groqchat.adapters.web.Site;
import dev.groqchat.application.fixtures.Script;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.turn.Reuse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a reply that was made before will do, and how clients learn that it did. */
@OverHttp
class ReuseTest {
  private static final String STREAM = "Accept: text/event-stream";

  private final Site site;
  private final Doorkeeper doorkeeper;

  ReuseTest(Site site, Doorkeeper doorkeeper) {
    this.site = site;
    this.doorkeeper = doorkeeper;
  }

  private Answer say(String message, String options, String... headers) {
    String body = "{\"message\":\"" + message + "\"" + options + "}";
    return site.post("/api/conversations/c/turns", body, headers);
  }

  private boolean reusable(String message) {
    return doorkeeper.asked(message).wish().reusable();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``                        | false",
        ",\"temperature\":null     | false",
        ",\"temperature\":0        | true",
        ",\"temperature\":0.0      | true",
        ",\"temperature\":-0.0     | true",
        ",\"temperature\":1e-9     | false",
        ",\"temperature\":1        | false",
      })
  void aNativeCallAsksForItWithATemperatureOfExactlyZero(String options, boolean reusable) {
    String message = site.name("message");

    assertThat(say(message, options).status()).isEqualTo(200);

    assertThat(reusable(message)).isEqualTo(reusable);
  }

  @Test
  void aRetryWantsAnotherReply() {
    String message = site.asking(Script.refuses(new Failure.ModelUnavailable()));
    String failed = say(message, "").json().at("/turn/id").stringValue();
    String again = site.name("message");

    Answer retried = say(again, ",\"temperature\":0,\"retry_of\":\"" + failed + "\"");

    assertThat(retried.status()).isEqualTo(200);
    assertThat(reusable(again)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/chat             | {\"prompt\":\"%s\"}                                            | true",
        "/chat             | {\"prompt\":\"%s\",\"temperature\":0}                          | true",
        "/chat             | {\"prompt\":\"%s\",\"temperature\":0.7}                        | false",
        "/chat             | {\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}        | true",
        "/chat?format=raw  | {\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}        | true",
        "/chat?format=json | {\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}        | true",
        "/chat?format=json | {\"temperature\":2,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]} | false",
      })
  void aClassicCallAsksForItUnlessItNamesAnotherTemperature(
      String path, String body, boolean reusable) {
    String message = site.name("message");

    assertThat(site.post(path, body.formatted(message)).status()).isEqualTo(200);

    assertThat(reusable(message)).isEqualTo(reusable);
  }

  @Test
  void aClassicCallsTemperatureReachesTheModel() {
    String message = site.name("message");

    site.post("/chat", "{\"prompt\":\"" + message + "\",\"temperature\":0.7}");

    assertThat(site.turnAsking(message).options().temperature()).isEqualTo(0.7);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no-cache               | false",
        "no-store               | false",
        "No-Cache               | false",
        "max-age=0, no-cache    | false",
        "max-age=0 ,no-store,x  | false",
        "max-age=0              | true",
        "only-if-cached         | true",
        "xno-cache              | true",
      })
  void whoWantsNoKeptReplyGetsNone(String cacheControl, boolean reusable) {
    String ours = site.name("message");
    String classic = site.name("message");
    String header = "Cache-Control: " + cacheControl;

    say(ours, ",\"temperature\":0", header);
    site.post("/chat", "{\"prompt\":\"" + classic + "\"}", header);

    assertThat(reusable(ours)).isEqualTo(reusable);
    assertThat(reusable(classic)).isEqualTo(reusable);
  }

  @Test
  void oneOfManyHeadersIsEnough() {
    String message = site.name("message");

    say(message, ",\"temperature\":0", "Cache-Control: max-age=0", "Cache-Control: no-cache");

    assertThat(reusable(message)).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void anAnswerInOnePieceTellsWhereItCameFrom(Reuse reuse) {
    String message = site.name("message");
    doorkeeper.reuse(message, reuse);
    String whole = "{\"prompt\":\"" + message + "\",\"stream\":false}";

    assertThat(say(message, "").header("X-Cache")).isEqualTo(reuse.word());
    assertThat(site.post("/chat", whole).header("X-Cache")).isEqualTo(reuse.word());
  }

  @Test
  void oneThatFailsTellsToo() {
    String message = site.asking(Script.script().says("Hel").fails(new Failure.ModelUnavailable()));
    doorkeeper.reuse(message, Reuse.MISS);

    Answer answer = say(message, "");

    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.header("X-Cache")).isEqualTo("miss");
  }

  @ParameterizedTest
  @EnumSource
  void aStreamTellsItWhenTheModelAnswers(Reuse reuse) {
    String message = site.name("message");
    doorkeeper.reuse(message, reuse);

    Answer answer = say(message, "", STREAM);

    assertThat(answer.events().getFirst().name()).isEqualTo("started");
    assertThat(answer.events().getFirst().members())
        .isEqualTo(List.of("seq", "turn", "conversation", "model", "x_cache"));
    assertThat(answer.events().getFirst().data().get("x_cache").stringValue())
        .isEqualTo(reuse.word());
    assertThat(answer.header("X-Cache")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {STREAM, "Accept: application/json"})
  void nothingIsToldWhereNoneWouldHaveDone(String accept) {
    Answer answer = say(site.name("message"), "", accept);

    assertThat(answer.header("X-Cache")).isEmpty();
    assertThat(answer.body()).doesNotContain("x_cache");
  }
}
