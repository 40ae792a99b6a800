package dev.groqchat.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.groqchat.application.port.in.Caller;
import dev.groqchat.application.port.in.RelayQuestion;
import dev.groqchat.application.port.in.RelayQuestion.Relay;
import dev.groqchat.application.port.in.RelayQuestion.Verbatim;
import dev.groqchat.domain.conversation.Owner;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.model.ModelId;
import dev.groqchat.domain.turn.Reuse;
import dev.groqchat.simulator.Script;
import dev.groqchat.simulator.SimulatorConfig;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A question in the asker's own words, through all of the service to the provider and back. */
class RelayTest {
  private static final Caller ALICE =
      new Caller(new Owner("alice"), "alice", null, "request-relayed");

  private static Service service;

  @BeforeAll
  static void start() {
    service =
        Service.start(
            SimulatorConfig.fast(), "CACHE_TTL=5m", "FALLBACK_MODELS=openai/gpt-oss-120b");
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private record Answer(String model, @Nullable Reuse reuse, List<String> pieces) {}

  private static Answer ask(String message, boolean inPieces, boolean reusable)
      throws InterruptedException {
    String words =
        """
        {"messages":[{"role":"user","content":"%s"}], "model":"openai/gpt-oss-20b","stream":%s}\
        """
            .formatted(message, inPieces);
    RelayQuestion relayQuestion = service.context().getBean(RelayQuestion.class);
    Verbatim question =
        new Verbatim(new ModelId("openai/gpt-oss-20b"), words, message, 50, inPieces, reusable);
    try (Relay relay = relayQuestion.relay(ALICE, question)) {
      RelayQuestion.Begun begun = relay.begin();
      List<String> pieces = new ArrayList<>();
      List<String> fresh = relay.next();
      while (!fresh.isEmpty()) {
        pieces.addAll(fresh);
        fresh = relay.next();
      }
      return new Answer(begun.model().value(), begun.reuse(), pieces);
    }
  }

  @Test
  void comesBackAsTheProviderSaidItAndIsCounted() throws Exception {
    Answer streamed = ask("in pieces", true, false);
    Answer whole = ask("as a whole", false, false);

    assertThat(streamed.pieces).hasSizeGreaterThan(2).allMatch(it -> it.startsWith("{\"id\":"));
    assertThat(streamed.pieces.getLast())
        .contains("\"finish_reason\":", "\"x_groq\":", "\"usage\":");
    assertThat(whole.pieces).hasSize(1);
    assertThat(service.simulator().requests())
        .anySatisfy(seen -> assertThat(seen.header("X-Request-ID")).contains("request-relayed"));
    MeterRegistry meters = service.context().getBean(MeterRegistry.class);
    assertThat(
            meters
                .get(Meters.RELAYS)
                .tags("model", "openai/gpt-oss-20b", "outcome", "finished", "failure", "none")
                .timer()
                .count())
        .isGreaterThanOrEqualTo(2);
  }

  @Test
  void theSameIsAnsweredTheSameFromTheCache() throws Exception {
    Answer first = ask("again and again", true, true);
    Answer again = ask("again and again", true, true);

    assertThat(first.reuse).isEqualTo(Reuse.MISS);
    assertThat(again).isEqualTo(new Answer(first.model, Reuse.HIT, first.pieces));
  }

  @Test
  void aFallbackAnswersWhereTheModelDoesNot() throws Exception {
    for (int attempt = 0; attempt < 3; attempt++) {
      service.simulator().script(Script.of("error=500"));
    }
    Answer answer = ask("somebody answer", true, false);

    assertThat(answer.model).isEqualTo("openai/gpt-oss-120b");
    assertThat(answer.pieces.getFirst()).contains("\"model\":\"openai/gpt-oss-120b\"");
  }

  @Test
  void theProvidersOwnWordsAboutAQuestionComeBackCleaned() {
    service.simulator().script(Script.of("error=400"));
    Failure failure =
        catchThrowableOfType(ChatException.class, () -> ask("oops", true, false)).failure();

    assertThat(failure)
        .isInstanceOfSatisfying(
            Failure.QuestionRefused.class,
            refused -> assertThat(refused.words()).contains("\"invalid_request_error\""));
  }

  @Test
  void isLeftWhenTheAskerLeaves() throws Exception {
    service.simulator().script(Script.counting(50_000).rate(50));
    RelayQuestion relayQuestion = service.context().getBean(RelayQuestion.class);
    String words =
        """
        {"messages":[{"role":"user","content":"count"}],"stream":true}\
        """;
    try (Relay relay =
        relayQuestion.relay(ALICE, new Verbatim(null, words, "count", null, true, false))) {
      relay.begin();
      assertThat(relay.next()).isNotEmpty();
    }
    service.simulator().awaitIdle(Duration.ofSeconds(10));
  }
}
