package dev.groqchat.adapters.web.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.adapters.web.Answer;
import dev.groqchat.adapters.web.ScriptedRelays;
import dev.groqchat.adapters.web.Site;
import dev.groqchat.adapters.web.TestService;
import dev.groqchat.adapters.web.Wire;
import dev.groqchat.application.fixtures.Gate;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.TestConstructor;

/** Room for two bodies of the largest size. */
@SpringBootTest(
    classes = TestService.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {"groqchat.web.relay.max-body=4KB", "groqchat.web.relay.max-bodies=8KB"})
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class RelayBodiesTest {
  private static final int LARGEST = 4096;

  private final Site site;
  private final ScriptedRelays relays;

  RelayBodiesTest(Site site, ScriptedRelays relays) {
    this.site = site;
    this.relays = relays;
  }

  private static String large(String message) {
    int rest = LARGEST - Completions.body(message, ",\"user\":\"\"").length();
    return Completions.body(message, ",\"user\":\"" + "x".repeat(rest) + "\"");
  }

  private Answer ask(String message) {
    return site.post(Completions.PATH, large(message));
  }

  @Test
  void bodiesBeyondItAreRefusedUntilARelayIsOver() {
    Gate gate = new Gate();
    Gate other = new Gate();
    String first = site.name("message");
    String second = site.name("message");
    String third = site.name("message");
    relays.answers(first).waits(gate).says("{}");
    relays.answers(second).waits(other).says("{}");
    relays.answers(third).says("{}");
    try (Wire one = site.connect().post(Completions.PATH, large(first));
        Wire two = site.connect().post(Completions.PATH, large(second))) {
      gate.awaitReached();
      other.awaitReached();

      Answer refused = ask(third);

      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.json().at("/error/code").stringValue()).isEqualTo("too_busy");
      assertThat(refused.header("Retry-After")).isEqualTo("1");
      assertThat(refused.header("x-should-retry")).isEmpty();
      assertThat(relays.wasAsked(third)).isFalse();

      gate.open();
      one.readTo("{}");
      Site.until(() -> ask(third).status() == 200);
      other.open();
      two.readTo("{}");
    }
  }

  @Test
  void nothingOfABodyIsAwaitedBeforeThereIsRoom() {
    Gate gate = new Gate();
    String first = site.name("message");
    String second = site.name("message");
    relays.answers(first).waits(gate).says("{}");
    relays.answers(second).waits(gate).says("{}");
    try (Wire one = site.connect().post(Completions.PATH, large(first));
        Wire two = site.connect().post(Completions.PATH, large(second));
        Wire three = site.connect()) {
      Site.until(() -> relays.wasAsked(first) && relays.wasAsked(second));

      three.send(
          "POST /v1/chat/completions HTTP/1.1\nHost: x\nContent-Length: 4096\nExpect: 100-continue",
          "");

      assertThat(three.readHead()).startsWith("HTTP/1.1 503").contains("Connection: close");
      gate.open();
      one.readTo("{}");
      two.readTo("{}");
    }
  }

  @Test
  void aBodyOfUnknownLengthTakesWhatItNeedsOnceItHasCome() {
    Gate gate = new Gate();
    String[] names = new String[8];
    Wire[] wires = new Wire[8];
    try {
      for (int at = 0; at < names.length; at++) {
        // Each is below 1 KiB; announced, even the last would fit, and so it does once all have
        // come.
        String message = site.name("message");
        names[at] = message;
        relays.answers(message).waits(gate).says("{}");
        String body = Completions.body(message, "");
        String chunk = Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n";
        boolean chunked = at < 4;
        wires[at] = site.connect();
        if (chunked) {
          wires[at].send(
              "POST /v1/chat/completions HTTP/1.1\nHost: x\nTransfer-Encoding: chunked", chunk);
        } else {
          wires[at].post(Completions.PATH, body);
        }
        Site.until(() -> relays.wasAsked(message));
      }

      assertThat(Completions.whole(site, site.name("message")).status()).isEqualTo(503);
    } finally {
      gate.open();
      for (Wire wire : wires) {
        if (wire != null) {
          wire.close();
        }
      }
    }
    Site.until(() -> ask(site.name("message")).status() == 200);
  }

  @Test
  void whatIsRefusedOrUnreadableTakesNoRoom() {
    for (int time = 0; time < 10; time++) {
      assertThat(site.post(Completions.PATH, "x".repeat(LARGEST)).status()).isEqualTo(400);
    }
    Site.until(() -> ask(site.name("message")).status() == 200);
  }
}
