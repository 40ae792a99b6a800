package dev.groqchat.adapters.web.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.adapters.web.Answer;
import dev.groqchat.adapters.web.OverHttp;
import dev.groqchat.adapters.web.ScriptedRelays;
import dev.groqchat.adapters.web.Site;
import dev.groqchat.adapters.web.Statuses;
import dev.groqchat.application.fixtures.Fixtures;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.failure.Failure.QuestionRefused.Reason;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients of the OpenAI-compatible API are told when something goes wrong. */
@OverHttp
class CompletionErrorsTest {
  private static final Duration WAIT = Duration.ofMillis(1500);

  private final Site site;
  private final ScriptedRelays relays;

  CompletionErrorsTest(Site site, ScriptedRelays relays) {
    this.site = site;
    this.relays = relays;
  }

  static Stream<Failure> failures() {
    return Fixtures.allFailures().stream();
  }

  private static int status(Failure failure) {
    return failure instanceof Failure.ModelBusy ? 429 : Statuses.of(failure);
  }

  /** The model's own failures: it was asked, again and again. */
  private static boolean tried(Failure failure) {
    return status(failure) == 502
        || status(failure) == 504
        || failure instanceof Failure.ModelOverloaded;
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aReplyThatDoesNotBeginIsAStatusAndAnErrorObject(Failure failure) {
    String refused = site.name("message");
    String failed = site.name("message");
    relays.answers(refused).isRefused(failure);
    relays.answers(failed).fails(failure);

    for (Answer answer :
        new Answer[] {
          Completions.whole(site, refused),
          Completions.stream(site, refused),
          Completions.whole(site, failed, "Accept: text/event-stream"),
          Completions.stream(site, failed, "Accept: text/html")
        }) {
      assertThat(answer.status()).isEqualTo(status(failure));
      assertThat(answer.header("Content-Type")).isEqualTo("application/json");
      assertThat(answer.json().propertyNames()).containsExactly("error");
      assertThat(answer.header("Retry-After")).isEqualTo(Statuses.retryAfter(failure));
      assertThat(answer.header("x-should-retry")).isEqualTo(tried(failure) ? "false" : "");
      assertThat(answer.header("X-Request-ID")).isNotEmpty();
      assertThat(answer.body()).doesNotContain("null").doesNotContainIgnoringCase("billing");
    }
    assertThat(relays.asked(failed).relay().closed()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aReplyThatBreaksOffEndsWithAnErrorEventAndNothingElse(Failure failure) {
    String message = site.name("message");
    relays.answers(message).says("{\"a\":1}").fails(failure).says("never");

    Answer answer = Completions.stream(site, message);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .matches("(?s)data: \\{\"a\":1}\n\nevent: error\ndata: \\{\"error\":\\{[^\n]*}}?\n\n");
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aWholeReplyThatBreaksOffIsNoReply(Failure failure) {
    String message = site.name("message");
    relays.answers(message).says("{\"a\":1}").fails(failure);

    Answer answer = Completions.whole(site, message);

    assertThat(answer.status()).isEqualTo(status(failure));
    assertThat(answer.body()).doesNotContain("\"a\"");
  }

  @Test
  void theProvidersRefusalIsPassedOnInItsOwnWords() {
    String words = "{\"error\":{\"message\":\"no 'store'\u2028\",\n \"type\":\"x\"}}";
    String early = site.name("message");
    String late = site.name("message");
    Failure refused = new Failure.QuestionRefused(Reason.MALFORMED, "no 'store'", words);
    relays.answers(early).fails(refused);
    relays.answers(late).says("{}").fails(refused);

    assertThat(Completions.stream(site, early).body()).isEqualTo(words);
    assertThat(Completions.stream(site, early).status()).isEqualTo(400);
    assertThat(Completions.stream(site, late).body())
        .isEqualTo(
            "data: {}\n\nevent: error\ndata: {\"error\":{\"message\":\"no 'store'\\u2028\",  \"type\":\"x\"}}\n\n");
  }

  @Test
  void ourLimitAndTheProvidersAreBothRateLimits() {
    String ours = site.name("message");
    String theirs = site.name("message");
    relays.answers(ours).isRefused(new Failure.RateLimited(100, WAIT));
    relays.answers(theirs).fails(new Failure.ModelBusy(WAIT));

    Answer first = Completions.whole(site, ours);
    Answer second = Completions.whole(site, theirs);

    assertThat(first.json().at("/error/type").stringValue()).isEqualTo("requests");
    assertThat(first.json().at("/error/code").stringValue()).isEqualTo("rate_limit_exceeded");
    assertThat(first.header("x-ratelimit-remaining-requests")).isEqualTo("0");
    assertThat(first.header("x-ratelimit-reset-requests")).isEqualTo("1.5s");
    assertThat(second.status()).isEqualTo(429);
    assertThat(second.header("retry-after")).isEqualTo("2");
    assertThat(second.json().at("/error/code").stringValue()).isEqualTo("rate_limit_exceeded");
    assertThat(second.headers().map()).doesNotContainKey("x-ratelimit-limit-requests");
  }

  @Test
  void aPromptThatFitsIntoNoWindowIsToldByTheUsualCode() {
    String message = site.name("message");
    Failure tooLarge =
        failures().filter(Failure.PromptTooLarge.class::isInstance).findFirst().orElseThrow();
    relays.answers(message).fails(tooLarge);

    Answer answer = Completions.whole(site, message);

    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.json().at("/error/code").stringValue()).isEqualTo("context_length_exceeded");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"messages\":[]}; messages",
        "{\"messages\":\"hi\"}; messages",
        "{\"model\":\"m\"}; messages",
        "{\"model\":1,\"messages\":[{}]}; model",
        "{\"model\":\"a b\",\"messages\":[{}]}; model",
        "{\"stream\":\"yes\",\"messages\":[{}]}; stream",
        "[]; ''",
        "nonsense; ''",
        "{\"messages\":[{}]; ''",
      })
  void aQuestionThatIsNoneNamesTheFieldToBlame(String body, String param) {
    Answer answer = site.post(Completions.PATH, body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().at("/error/type").stringValue()).isEqualTo("invalid_request_error");
    assertThat(answer.json().at("/error/param").asString("")).isEqualTo(param);
    assertThat(answer.json().at("/error/message").stringValue()).isNotBlank();
  }

  @Test
  void noBodyIsNoQuestion() {
    assertThat(site.call("POST", Completions.PATH).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text/plain", "application/x-www-form-urlencoded", "nonsense", "text/json-no"})
  void anotherTypeIsRefused(String type) {
    Answer answer =
        Site.send(
            site.request(Completions.PATH, "Content-Type: " + type)
                .POST(
                    java.net.http.HttpRequest.BodyPublishers.ofString(Completions.body("x", ""))));

    assertThat(answer.status()).isEqualTo(415);
    assertThat(answer.json().at("/error/type").stringValue()).isEqualTo("invalid_request_error");
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /v1/foo",
    "GET, /openai/v1/v1/chat/completions",
    "POST, /openai/v1/embeddings",
    "GET, /v1",
    "GET, /openai/v1",
    "DELETE, /v1/chat",
    "POST, /v1/chat/completions/more",
  })
  void anUnknownAddressIsCalledByItsName(String method, String path) {
    Answer answer = site.call(method, path, "Accept: text/html");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.json().at("/error/code").stringValue()).isEqualTo("unknown_url");
    assertThat(answer.json().at("/error/message").stringValue())
        .startsWith(
            "Unknown request URL: "
                + method
                + " "
                + path
                + ". Please check the URL for typos, or see the docs at ");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v1/chat/completions, POST",
    "PUT, /openai/v1/chat/completions, POST",
    "POST, /v1/models, GET",
    "DELETE, /openai/v1/models/x, GET",
  })
  void aWrongMethodIsToldTheRightOne(String method, String path, String allowed) {
    Answer answer = site.call(method, path);

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("Allow")).contains(allowed);
    assertThat(answer.json().at("/error/type").stringValue()).isEqualTo("invalid_request_error");
  }

  @Test
  void optionsTellWhatIsAllowed() {
    Answer answer = site.call("OPTIONS", Completions.PATH);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Allow")).contains("POST");
  }

  @Test
  void whatIsNotBelowTheseAddressesIsNotOurs() {
    assertThat(site.get("/v12/models").json().has("error_type")).isTrue();
    assertThat(site.get("/openai/v2").json().has("error_type")).isTrue();
  }
}
