package dev.groqchat.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.simulator.Script;
import dev.groqchat.simulator.SimulatorConfig;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Whoever loses the connection, at whatever byte, comes back and has the same text. */
class ResumeTest {
  private static final String ANSWER = " Héllo,\n\n  wörld 👩‍👩‍👧 \u2028 日本";
  private static final String QUESTION = "{\"message\":\"Say it\",\"on_disconnect\":\"continue\"}";

  private static Service service;

  private final String turns = "/api/conversations/" + UUID.randomUUID() + "/turns";

  @BeforeAll
  static void start() {
    service = Service.start(SimulatorConfig.fast());
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @BeforeEach
  void answer() {
    service.simulator().scriptEach(_ -> Optional.of(Script.saying(ANSWER)));
  }

  @Test
  void aLiveStreamThatIsCutAtAnyByteIsResumedToTheSameText() throws Exception {
    for (int cut = 0; ; cut++) {
      EventSource follower = new EventSource();
      follower.read(service.uri(turns), "POST", QUESTION, cut);
      if (follower.ended()) {
        assertThat(follower.text()).isEqualTo(ANSWER);
        break;
      }
      while (!follower.ended()) {
        follower.read(service.uri(turns + "/" + follower.turn() + "/events"), "GET", "", 1 << 20);
      }
      assertThat(follower.text()).as("cut at byte " + cut).isEqualTo(ANSWER);
    }
  }

  @Test
  void aReplayThatIsCutAgainAndAgainGivesTheSameText() throws Exception {
    EventSource first = new EventSource();
    first.read(service.uri(turns), "POST", QUESTION, 1 << 20);
    var events = service.uri(turns + "/" + first.turn() + "/events");
    for (int step = 450; step < 1_000; step += 13) {
      EventSource follower = new EventSource();
      while (!follower.ended()) {
        follower.read(events, "GET", "", step);
        assertThat(follower.bytes()).isPositive();
      }
      assertThat(follower.text()).as("in steps of " + step).isEqualTo(ANSWER);
    }
  }

  @Test
  void aRequestThatIsSentAgainIsTheSameTurn() throws Exception {
    Map<String, String> key = Map.of("Idempotency-Key", UUID.randomUUID().toString());

    JsonNode first = Service.json(service.post(turns, QUESTION, key));
    JsonNode again = Service.json(service.post(turns, QUESTION, key));

    assertThat(again).isEqualTo(first);
    assertThat(service.post(turns, QUESTION.replace("Say", "Do"), key).statusCode()).isEqualTo(422);
    assertThat(Service.json(service.get(turns.replace("/turns", ""), Map.of())).get("turns"))
        .hasSize(1);
  }

  @Test
  void aTurnThatNobodyFollowsGoesOnIfItWasToldTo() throws Exception {
    service
        .simulator()
        .scriptEach(
            _ -> Optional.of(Script.saying(ANSWER).firstTokenAfter(Duration.ofMillis(300))));
    EventSource follower = new EventSource();
    follower.read(service.uri(turns), "POST", QUESTION, 0);

    follower.read(service.uri(turns + "/" + follower.turn() + "/events"), "GET", "", 1 << 20);

    assertThat(follower.text()).isEqualTo(ANSWER);
  }
}
