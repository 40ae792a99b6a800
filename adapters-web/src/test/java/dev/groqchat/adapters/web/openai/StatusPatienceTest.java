package dev.groqchat.adapters.web.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.adapters.web.ScriptedRelays;
import dev.groqchat.adapters.web.Site;
import dev.groqchat.adapters.web.TestService;
import dev.groqchat.application.fixtures.Gate;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.turn.Reuse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.TestConstructor;

/** A stream begins without the provider's status when that takes too long. */
@SpringBootTest(
    classes = TestService.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = "groqchat.web.relay.status-patience=300ms")
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class StatusPatienceTest {
  private final Site site;
  private final ScriptedRelays relays;

  StatusPatienceTest(Site site, ScriptedRelays relays) {
    this.site = site;
    this.relays = relays;
  }

  @Test
  void aReplyThatComesLateComesAfterComments() {
    Gate gate = new Gate();
    String message = site.name("message");
    relays.answers(message).waits(gate).begins(Reuse.MISS).says("{\"a\":1}");
    try (var wire = Completions.ask(site, message, true)) {
      assertThat(wire.readTo(": waiting\n\n")).startsWith("HTTP/1.1 200").doesNotContain("X-Cache");
      wire.readTo(": waiting\n\n");
      gate.open();

      wire.readTo("data: {\"a\":1}\n\n");
      wire.readTo("data: [DONE]\n\n");
    }
  }

  @Test
  void aFailureThatComesLateIsTheErrorEvent() {
    Gate gate = new Gate();
    String message = site.name("message");
    relays.answers(message).waits(gate).fails(new Failure.ModelBusy(Duration.ofSeconds(3)));
    String body = Completions.body(message, ",\"stream\":true");
    try (var wire = site.connect().post("/v1/chat/completions", body, "Connection: close")) {
      wire.readTo(": waiting\n\n");
      gate.open();

      assertThat(wire.readAll())
          .contains("event: error\ndata: {\"error\":{\"message\":\"")
          .contains("\"type\":\"tokens\",\"code\":\"rate_limit_exceeded\"}}\n\n")
          .doesNotContain("[DONE]");
    }
  }

  @Test
  void whoLeavesWhileCommentsAreSentIsNoticed() {
    Gate never = new Gate();
    String message = site.name("message");
    relays.answers(message).waits(never).says("{}");
    try (var wire = Completions.ask(site, message, true)) {
      wire.readTo(": waiting\n\n");
    }

    Site.until(() -> relays.asked(message).relay().closed());
  }

  @Test
  void aWholeReplyMayTakeItsTime() {
    Gate gate = new Gate();
    String slow = site.name("message");
    String message = site.name("message");
    relays.answers(message).waits(gate).says("{\"a\":1}");
    relays.answers(slow).waits(gate).says("{\"b\":1}");
    try (var wire = Completions.ask(site, message, false);
        var other = Completions.ask(site, slow, true)) {
      gate.awaitReached();
      other.readTo(": waiting\n\n");
      gate.open();

      assertThat(wire.readTo("{\"a\":1}")).startsWith("HTTP/1.1 200");
    }
  }
}
