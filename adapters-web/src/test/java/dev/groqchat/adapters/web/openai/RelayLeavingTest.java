package dev.groqchat.adapters.web.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.adapters.web.Answer;
import dev.groqchat.adapters.web.ScriptedRelays;
import dev.groqchat.adapters.web.Site;
import dev.groqchat.adapters.web.TestService;
import dev.groqchat.application.fixtures.Background;
import dev.groqchat.application.fixtures.Gate;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.turn.Reuse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.TestConstructor;

/** Waits, silence, clients that leave and clients that do not read; the status waits for long. */
@SpringBootTest(
    classes = TestService.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = "server.tomcat.connection-timeout=1s")
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class RelayLeavingTest {
  /** Twice what is promised: a machine that builds is a slow one. */
  private static final Duration NOTICED = Duration.ofSeconds(4);

  private final Site site;
  private final ScriptedRelays relays;

  RelayLeavingTest(Site site, ScriptedRelays relays) {
    this.site = site;
    this.relays = relays;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whoLeavesBeforeTheReplyBeginsIsNoticedWithoutAByte(boolean stream) {
    Gate never = new Gate();
    String message = site.name("message");
    relays.answers(message).waits(never).says("{}");
    try (var _ = Completions.ask(site, message, stream)) {
      never.awaitReached();
    }

    assertClosed(message);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whoLeavesAmidTheReplyIsNoticed(boolean stream) {
    Gate never = new Gate();
    String message = site.name("message");
    relays.answers(message).says("{\"half\":").waits(never).says("1}");
    try (var _ = Completions.ask(site, message, stream)) {
      never.awaitReached();
    }

    assertClosed(message);
  }

  @Test
  void whoLeavesAfterABodyInChunksIsNoticed() {
    Gate never = new Gate();
    String message = site.name("message");
    relays.answers(message).waits(never).says("{}");
    String body = Completions.body(message, "");
    try (var wire = site.connect()) {
      wire.send(
          "POST /v1/chat/completions HTTP/1.1\nHost: x\nTransfer-Encoding: chunked",
          Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n");
      never.awaitReached();
    }

    assertClosed(message);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whoOnlyWaitsIsNotTakenForGone(boolean stream) {
    Gate gate = new Gate();
    String message = site.name("message");
    relays.answers(message).waits(gate).begins(Reuse.MISS).says("{\"a\":1}");
    try (var wire = Completions.ask(site, message, stream)) {
      gate.awaitReached();
      awaitThatSomebodyElseIsMissed();
      gate.open();

      assertThat(wire.readTo("{\"a\":1}")).startsWith("HTTP/1.1 200").contains("X-Cache: miss");
    }
  }

  /** After that, whoever came before was looked for, too. */
  private void awaitThatSomebodyElseIsMissed() {
    Gate never = new Gate();
    String message = site.name("message");
    relays.answers(message).waits(never);
    try (var _ = Completions.ask(site, message, true)) {
      never.awaitReached();
    }
    Site.until(() -> relays.asked(message).relay().closed());
  }

  @Test
  void whoSendsOnAheadIsNotTakenForGone() {
    Gate gate = new Gate();
    String message = site.name("message");
    relays.answers(message).waits(gate).says("{\"a\":1}");
    try (var wire = Completions.ask(site, message, false)) {
      gate.awaitReached();
      wire.post(Completions.PATH, Completions.body("again", ""));
      gate.open();

      wire.readTo("{\"a\":1}");
      wire.readTo("{\"re\":\"hi\"}");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "G"})
  void whoSendsAByteAheadIsNotTakenForGone(String ahead) {
    Gate gate = new Gate();
    String message = site.name("message");
    relays.answers(message).waits(gate).says("{\"a\":1}");
    try (var wire = Completions.ask(site, message, false)) {
      gate.awaitReached();
      wire.sendBody(ahead);
      awaitThatSomebodyElseIsMissed();

      gate.open();

      assertThat(wire.readTo("{\"a\":1}")).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void aReplyThatHasBegunIsKeptAliveByComments() {
    Gate gate = new Gate();
    String message = site.name("message");
    relays.answers(message).begins(null).waits(gate).says("{\"a\":1}");
    try (var wire = Completions.ask(site, message, true)) {
      assertThat(wire.readTo(": waiting\n\n")).startsWith("HTTP/1.1 200");
      wire.readTo(": waiting\n\n");
      gate.open();
      wire.readTo("data: {\"a\":1}\n\n");
      wire.readTo("data: [DONE]\n\n");
    }
  }

  @Test
  void whoReadsNothingLosesItsConnectionAndTheModelIsLeft() {
    String message = site.name("message");
    ScriptedRelays.Scripted script = relays.answers(message);
    for (int piece = 0; piece < 2_000; piece++) {
      script.says("\"" + "x".repeat(50_000) + "\"");
    }
    try (var _ = Completions.ask(site, message, true)) {
      Site.until(() -> relays.wasAsked(message));
      Site.until(() -> relays.asked(message).relay().closed());
    }
  }

  @Test
  void aSlowReplyDoesNotHoldUpAnotherOne() throws Exception {
    Gate gate = new Gate();
    String slow = site.name("message");
    String quick = site.name("message");
    relays.answers(slow).waits(gate).fails(new Failure.ModelUnavailable());
    relays.answers(quick).says("{}");
    try (var waiting = Background.run(() -> Completions.stream(site, slow))) {
      gate.awaitReached();

      assertThat(Completions.stream(site, quick).status()).isEqualTo(200);
      gate.open();

      Answer answer = waiting.result();
      assertThat(answer.status()).isEqualTo(502);
    }
  }

  private void assertClosed(String message) {
    long left = System.nanoTime();
    Site.until(() -> relays.asked(message).relay().closed());

    assertThat(Duration.ofNanos(System.nanoTime() - left)).isLessThan(NOTICED);
  }
}
