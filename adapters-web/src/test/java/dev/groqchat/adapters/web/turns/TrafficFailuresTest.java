package dev.groqchat.adapters.web.turns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.adapters.web.Answer;
import dev.groqchat.adapters.web.Doorkeeper;
import dev.groqchat.adapters.web.OverHttp;
import dev.groqchat.adapters.web.Site;
import dev.groqchat.adapters.web.Statuses;
import dev.groqchat.application.fixtures.Script;
import dev.groqchat.domain.failure.Failure;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said over HTTP when there is too much to do, and when somebody has broken down. */
@OverHttp
class TrafficFailuresTest {
  private static final Duration WAIT = Duration.ofMillis(1500);
  private static final String WHOLE =
      "{\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}],\"stream\":false}";

  private final Site site;
  private final Doorkeeper doorkeeper;

  TrafficFailuresTest(Site site, Doorkeeper doorkeeper) {
    this.site = site;
    this.doorkeeper = doorkeeper;
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(
            new Failure.RateLimited(10, WAIT),
            429,
            "rate_limited",
            "too many requests; try again in 1.5 s"),
        Arguments.of(
            new Failure.ModelOverloaded(WAIT),
            503,
            "model_overloaded",
            "the model is over capacity; try again in 1.5 s"),
        Arguments.of(
            new Failure.ModelBusy(WAIT),
            503,
            "model_busy",
            "the model provider is over its limit; try again in 1.5 s"),
        Arguments.of(
            new Failure.CircuitOpen(WAIT),
            503,
            "circuit_open",
            "the model keeps failing and is left alone; try again in 1.5 s"),
        Arguments.of(
            new Failure.TooBusy(WAIT), 503, "too_busy", "the service is busy; try again in 1.5 s"),
        Arguments.of(
            new Failure.InstanceLost(),
            503,
            "instance_lost",
            "the instance that ran this turn is gone; what it had written is kept"));
  }

  private Answer say(String message, String accept) {
    String body = "{\"message\":\"" + message + "\"}";
    return site.post("/api/conversations/c/turns", body, "Accept: " + accept);
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aCallThatCannotBeServedSaysWhenToComeBack(
      Failure failure, int status, String kind, String detail) {
    String message = site.name("message");
    doorkeeper.refuse(message, failure);

    Answer ours = say(message, "text/event-stream");
    Answer classic = site.post("/chat", WHOLE.formatted(message));
    Answer prompt = site.post("/chat", "{\"prompt\":\"" + message + "\"}");

    for (Answer answer : new Answer[] {ours, classic, prompt}) {
      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.header("Retry-After")).isEqualTo(Statuses.retryAfter(failure)).isNotEmpty();
      assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }
    assertThat(ours.json().get("type").stringValue())
        .isEqualTo("urn:groqchat:problem:" + kind.replace('_', '-'));
    assertThat(ours.json().get("detail").stringValue()).isEqualTo(detail);
    assertThat(classic.json().get("error_type").stringValue()).isEqualTo(kind);
    assertThat(classic.json().get("error").stringValue()).isEqualTo(detail);
    assertThat(prompt.body())
        .startsWith("data: {\"type\":\"error\",\"content\":\"" + detail + "\"");
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aStreamThatHasBegunSaysItAsItsLastEvent(
      Failure failure, int status, String kind, String detail) {
    String message = site.asking(Script.script().says("half").fails(failure));

    Answer ours = say(message, "text/event-stream");
    Answer classic = site.post("/chat?format=content", WHOLE.formatted(message));
    Answer whole = say(message, "application/json");

    assertThat(ours.events().getLast().name()).isEqualTo("failed");
    assertThat(ours.events().getLast().data().at("/error/type").stringValue())
        .isEqualTo("urn:groqchat:problem:" + kind.replace('_', '-'));
    assertThat(ours.events().getLast().data().at("/error/detail").stringValue()).isEqualTo(detail);
    assertThat(ours.events().getLast().data().get("retryable").booleanValue()).isTrue();
    assertThat(classic.status()).isEqualTo(200);
    assertThat(classic.frames()).endsWith("data: {\"error\":\"" + detail + "\"}\n\n");
    assertThat(whole.status()).isEqualTo(status);
    assertThat(whole.header("Retry-After")).isEqualTo(Statuses.retryAfter(failure));
    assertThat(whole.json().at("/turn/text").stringValue()).isEqualTo("half");
  }
}
