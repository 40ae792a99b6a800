package dev.groqchat.adapters.web.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.adapters.web.OverHttp;
import dev.groqchat.adapters.web.Site;
import dev.groqchat.adapters.web.Wire;
import dev.groqchat.application.fixtures.Background;
import dev.groqchat.application.fixtures.Gate;
import dev.groqchat.application.fixtures.Script;
import dev.groqchat.domain.failure.Failure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** First bytes, silence, clients that leave and clients that do not read. */
@OverHttp
class LeavingTest {
  /** Twice what is promised: a machine that builds is a slow one. */
  private static final Duration NOTICED = Duration.ofSeconds(4);

  private final Site site;

  LeavingTest(Site site) {
    this.site = site;
  }

  private Wire chat(String query, String message) {
    String body = "{\"messages\":[{\"role\":\"user\",\"content\":\"" + message + "\"}]}";
    return site.connect().post("/chat" + query, body);
  }

  private Wire turn(String message, String onDisconnect) {
    String body = "{\"message\":\"" + message + "\",\"on_disconnect\":\"" + onDisconnect + "\"}";
    String path = "/api/conversations/" + site.name("conversation") + "/turns";
    return site.connect().post(path, body, "Accept: text/event-stream");
  }

  @ParameterizedTest
  @ValueSource(strings = {"raw", "content", "events"})
  void theFirstWordComesLongBeforeTheLast(String format) {
    Gate gate = new Gate();
    String message = site.asking(Script.script().says("first").waits(gate).says("last").ends());
    try (var client = chat("?format=" + format, message)) {
      assertThat(client.readTo("first")).doesNotContain("last");

      gate.open();

      client.readTo("last");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"raw", "content"})
  void silenceIsBrokenByCommentsAgainAndAgain(String format) {
    Gate gate = new Gate();
    String message = site.asking(Script.script().hesitates(gate).says("word").ends());
    long begun = System.nanoTime();
    try (var client = chat("?format=" + format, message)) {
      client.readTo(": waiting\n\n");
      Duration first = Duration.ofNanos(System.nanoTime() - begun);
      client.readTo(": waiting\n\n");
      gate.open();
      client.readTo("word");
      client.readTo("data: [DONE]\n\n");

      assertThat(first).isLessThan(Duration.ofSeconds(2));
    }
  }

  @Test
  void aPromptIsToldThatItIsConnectedWhileTheModelIsSilent() {
    Gate gate = new Gate();
    String message = site.asking(Script.script().hesitates(gate).says("word").ends());
    try (var client = chat("?format=events", message)) {
      client.readTo("\"connected\"");
      client.readTo(": waiting\n\n");
      gate.open();
      client.readTo("\"done\"");
    }
  }

  @Test
  void afterAnEarlyCommentAFailureIsAnEvent() {
    Gate gate = new Gate();
    String message = site.asking(Script.script().waits(gate).fails(new Failure.ModelUnavailable()));
    try (var client = chat("", message)) {
      assertThat(client.readTo(": waiting")).startsWith("HTTP/1.1 200");
      gate.open();
      assertThat(client.readTo("data: {\"error\":\"the model provider failed\"}\n\n"))
          .doesNotContain("[DONE]");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"raw", "events"})
  void whoLeavesBeforeTheFirstTokenIsNoticed(String format) {
    Gate never = new Gate();
    String message = site.asking(Script.script().waits(never).ends());
    chat("?format=" + format, message).leave();

    assertStopped(message);
  }

  @Test
  void whoLeavesWhileTheModelHesitatesIsNoticed() {
    Gate never = new Gate();
    String message = site.asking(Script.script().hesitates(never).ends());
    try (var client = chat("", message)) {
      client.readHead();
    }

    assertStopped(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"raw", "content", "events"})
  void whoLeavesInMidStreamSilenceIsNoticed(String format) {
    Gate never = new Gate();
    String message = site.asking(Script.script().says("word").waits(never).ends());
    try (var client = chat("?format=" + format, message)) {
      client.readTo("word");
    }

    assertStopped(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"raw", "content", "events"})
  void whoLeavesWhileTheModelOnlyThinksIsNoticed(String format) {
    List<Gate> thoughts = Stream.generate(Gate::new).limit(500).toList();
    Script script = Script.script().says("word");
    thoughts.forEach(thought -> script.waits(thought).thinks("hm"));
    String message = site.asking(script);
    try (var client = chat("?format=" + format, message)) {
      client.readTo("word");
    }
    try (var _ = Background.run(() -> paced(thoughts))) {
      assertStopped(message);
    }
  }

  /** Twenty thoughts a second. */
  private static int paced(List<Gate> thoughts) throws InterruptedException {
    for (Gate thought : thoughts) {
      TimeUnit.MILLISECONDS.sleep(50);
      thought.open();
    }
    return thoughts.size();
  }

  @Test
  void whoLeavesTheLineIsNoticed() {
    String session = site.name("session");
    Gate gate = new Gate();
    String first = site.asking(Script.script().says("one").waits(gate).ends());
    String second = site.name("question");
    String body = "{\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}";
    try (var running =
            site.connect().post("/chat", body.formatted(first), "X-Session-ID: " + session);
        var waiting = site.connect()) {
      running.readTo("one");
      waiting.post("/chat", body.formatted(second), "X-Session-ID: " + session);
      waiting.readTo(": queued 1");
      waiting.leave();

      site.awaitEnd(second, "stopped");
      gate.open();
      running.readTo("[DONE]");
    }
  }

  @Test
  void whoLeavesANativeTurnThatIsToBeCancelledIsNoticed() {
    String message = site.asking(Script.script().says("word").waits(new Gate()).ends());
    try (var client = turn(message, "cancel")) {
      client.readTo("word");
    }

    assertStopped(message);
  }

  @Test
  void aTurnThatIsToContinueDoes() {
    Gate gate = new Gate();
    String message = site.asking(Script.script().says("word").waits(gate).says("s").ends());
    try (var client = turn(message, "continue")) {
      client.readTo("word");
    }
    Site.until(() -> site.fakes().journal().followings() == 0);

    gate.open();

    site.awaitEnd(message, "finished");
  }

  @Test
  void whoLeavesAfterTheEndHarmsNobody() {
    String message = site.asking(Script.answers("word"));
    try (var client = chat("", message)) {
      client.readTo("word");
      site.awaitEnd(message, "finished");
    }

    Site.until(() -> site.fakes().journal().followings() == 0);
    assertThat(site.turnAsking(message).state().word()).isEqualTo("finished");
  }

  @Test
  void whoReadsNothingDoesNotHoldTheTurnUp() {
    Script script = Script.script();
    for (int piece = 0; piece < 400; piece++) {
      script.says("x".repeat(50_000));
    }
    String message = site.asking(script.ends());
    try (var _ = turn(message, "continue")) {
      site.awaitEnd(message, "finished");
    }
    Site.until(() -> site.fakes().journal().followings() == 0);
  }

  /** The turn is stopped in time, and nothing is open towards the model. */
  private void assertStopped(String message) {
    long left = System.nanoTime();
    site.awaitEnd(message, "stopped");
    Duration took = Duration.ofNanos(System.nanoTime() - left);

    assertThat(took).isLessThan(NOTICED);
    assertThat(site.fakes().model().open()).isZero();
  }
}
