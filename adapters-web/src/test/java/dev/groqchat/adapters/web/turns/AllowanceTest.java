package dev.groqchat.adapters.web.turns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.adapters.web.Answer;
import dev.groqchat.adapters.web.Doorkeeper;
import dev.groqchat.adapters.web.OverHttp;
import dev.groqchat.adapters.web.Site;
import dev.groqchat.application.fixtures.Script;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.traffic.Allowance;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What clients over HTTP are told of their limit. */
@OverHttp
class AllowanceTest {
  private static final Failure TOO_MANY = new Failure.RateLimited(100, Duration.ofMillis(2001));
  private static final String SORRY = "too many requests; try again in 2.001 s";

  private final Site site;
  private final Doorkeeper doorkeeper;

  AllowanceTest(Site site, Doorkeeper doorkeeper) {
    this.site = site;
    this.doorkeeper = doorkeeper;
  }

  /** Every way to start a turn over HTTP. */
  enum Call {
    NATIVE_STREAM("/api/conversations/c/turns", "{\"message\":\"%s\"}", "text/event-stream"),
    NATIVE_JSON("/api/conversations/c/turns", "{\"message\":\"%s\"}", "*/*"),
    PROMPT("/chat", "{\"prompt\":\"%s\"}", "*/*"),
    JSON("/chat?format=json", "{\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}", "*/*"),
    RAW("/chat?format=raw", "{\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}", "*/*"),
    CONTENT("/chat", "{\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}", "*/*");

    private final String path;
    private final String body;
    private final String accept;

    Call(String path, String body, String accept) {
      this.path = path;
      this.body = body;
      this.accept = accept;
    }

    Answer post(Site site, String message) {
      return site.post(path, body.formatted(message), "Accept: " + accept);
    }
  }

  private static List<String> told(Answer answer) {
    return Stream.of("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset", "Retry-After")
        .map(answer::header)
        .toList();
  }

  @ParameterizedTest
  @EnumSource
  void anAnswerTellsWhatIsLeft(Call call) {
    String message = site.name("message");
    doorkeeper.allow(message, new Allowance(100, 42, Duration.ofMillis(1001)));

    Answer answer = call.post(site, message);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(told(answer)).containsExactly("100", "42", "2", "");
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsToldWhereThereIsNoLimit(Call call) {
    Answer answer = call.post(site, site.name("message"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(told(answer)).containsOnly("");
  }

  @ParameterizedTest
  @CsvSource({"100, 0, 0, 0", "1, 1, 1, 1", "10, 0, 999, 1", "10, -5, 1000, 1", "10, 3, 60001, 61"})
  void secondsAreWholeAndNothingIsNegative(long limit, long remaining, long millis, String reset) {
    String message = site.name("message");
    doorkeeper.allow(message, new Allowance(limit, remaining, Duration.ofMillis(millis)));

    assertThat(told(Call.NATIVE_JSON.post(site, message)))
        .containsExactly("" + limit, "" + Math.max(0, remaining), reset, "");
  }

  @ParameterizedTest
  @EnumSource
  void aTurnThatFailsWasCountedAllTheSame(Call call) {
    String message =
        site.asking(Script.refuses(new Failure.ModelOverloaded(Duration.ofSeconds(7))));
    doorkeeper.allow(message, new Allowance(100, 42, Duration.ofSeconds(9)));

    Answer answer = call.post(site, message);

    assertThat(answer.status()).isEqualTo(503);
    assertThat(told(answer)).containsExactly("100", "42", "9", "7");
  }

  @ParameterizedTest
  @EnumSource
  void whoIsOverItsLimitIsToldWhenToComeBack(Call call) {
    String message = site.name("message");
    doorkeeper.refuse(message, TOO_MANY);

    Answer answer = call.post(site, message);

    assertThat(answer.status()).isEqualTo(429);
    assertThat(told(answer)).containsExactly("100", "0", "3", "3");
    assertThat(answer.body()).contains(SORRY);
    assertThat(site.fakes().turns().all())
        .noneMatch(turn -> turn.question().message().text().equals(message));
  }

  @Test
  void theNativeApiSaysItAsAProblem() {
    String message = site.name("message");
    doorkeeper.refuse(message, TOO_MANY);

    Answer answer = Call.NATIVE_STREAM.post(site, message);

    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.json().get("type").stringValue())
        .isEqualTo("urn:groqchat:problem:rate-limited");
    assertThat(answer.json().get("title").stringValue()).isEqualTo("Too many requests");
    assertThat(answer.json().get("status").intValue()).isEqualTo(429);
    assertThat(answer.json().get("detail").stringValue()).isEqualTo(SORRY);
  }

  @Test
  void theClassicApiSaysItInItsOwnForm() {
    String message = site.name("message");
    doorkeeper.refuse(message, TOO_MANY);

    Answer answer = Call.CONTENT.post(site, message);

    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.json().get("error").stringValue()).isEqualTo(SORRY);
    assertThat(answer.json().get("message").stringValue()).isEqualTo(SORRY);
    assertThat(answer.json().get("code").intValue()).isEqualTo(429);
    assertThat(answer.json().get("error_type").stringValue()).isEqualTo("rate_limited");
  }

  @Test
  void aPromptIsToldByAnEvent() {
    String message = site.name("message");
    doorkeeper.refuse(message, TOO_MANY);

    Answer answer = Call.PROMPT.post(site, message);

    assertThat(answer.header("Content-Type")).isEqualTo("text/event-stream;charset=utf-8");
    assertThat(answer.body())
        .isEqualTo(
            "data: {\"type\":\"error\",\"content\":\""
                + SORRY
                + "\",\"request_id\":\""
                + answer.header("X-Request-ID")
                + "\"}\n\n");
  }

  @Test
  void whatStartsNoWorkTellsNothing() {
    assertThat(told(site.get("/api/conversations"))).containsOnly("");
    assertThat(told(site.get("/health"))).containsOnly("");
  }
}
