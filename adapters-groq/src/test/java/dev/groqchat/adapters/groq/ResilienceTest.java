package dev.groqchat.adapters.groq;

import static dev.groqchat.application.fixtures.ChatModelContract.question;
import static dev.groqchat.application.fixtures.ChatModelContract.readInto;
import static dev.groqchat.application.fixtures.ChatModelContract.text;
import static dev.groqchat.application.fixtures.ChatModelContract.wholeText;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.groqchat.application.fixtures.Background;
import dev.groqchat.application.port.out.ChatModel;
import dev.groqchat.application.port.out.ReplyStream;
import dev.groqchat.application.port.out.ReplyStream.Part;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.simulator.Fault.Break;
import dev.groqchat.simulator.Outcome;
import dev.groqchat.simulator.Script;
import dev.groqchat.simulator.SeenRequest;
import dev.groqchat.simulator.Simulator;
import dev.groqchat.simulator.SimulatorConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Breaker and retries over real connections: what counts is what the other side has seen. */
class ResilienceTest implements SimulatedModelContract {
  private final Simulator simulator = Simulator.start(SimulatorConfig.fast());
  private final Gateway gateway = Gateway.to(simulator.baseUrl());
  private final Chain chain = new Chain(gateway);

  @AfterEach
  void close() {
    gateway.close();
    simulator.close();
  }

  @Override
  public Simulator simulator() {
    return simulator;
  }

  @Override
  public ChatModel asking() {
    return chain.model;
  }

  private long asked() {
    return simulator.requests().stream().filter(it -> it.method().equals("POST")).count();
  }

  private Failure failure() {
    return failure(chain.model);
  }

  private static Failure failure(ChatModel model) {
    return catchThrowableOfType(ChatException.class, () -> model.answer(question()).close())
        .failure();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "error=500",
        "error=502",
        "error=503",
        "error=504",
        "error=498",
        "error=408",
        "cut-head",
        "reset-head",
        "cut-after=0",
        "reset-after=0",
        "end-after=0",
        "openrouter-error-after=0"
      })
  void whatFailsBeforeTheFirstTokenIsAskedAgain(String fault) {
    simulator.script(Script.of(fault));
    simulator.script(Script.of(fault));
    simulator.script(Script.saying("at last"));
    assertThat(wholeText(chain.model)).isEqualTo("at last");
    assertThat(asked()).isEqualTo(3);
    assertThat(chain.pauses).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "400",
        "400-context",
        "400-decommissioned",
        "401",
        "402",
        "403",
        "403-html",
        "404",
        "413",
        "429",
        "429-openrouter"
      })
  void aRefusalIsNotAskedAgain(String kind) {
    simulator.script(Script.of("error=" + kind));
    assertThat(failure()).isNotNull();
    assertThat(asked()).isOne();
    assertThat(chain.pauses).isEmpty();
  }

  @Test
  void aRefusalWithinTheStreamIsNotAskedAgainEither() {
    simulator.script(Script.of("error-after=0"));
    assertThat(failure()).isEqualTo(new Failure.ModelRefused());
    assertThat(asked()).isOne();
  }

  @ParameterizedTest
  @ValueSource(strings = {"CUT", "RESET", "END", "ERROR_EVENT", "OPENROUTER_ERROR"})
  void whatBreaksAfterTheFirstTokenIsNotAskedAgain(Break how) throws Exception {
    // Silent before the break, so that the first token is read before the connection is reset.
    simulator.script(
        Script.saying("one two").stallAfter(1).stallFor(Duration.ofMillis(300)).breakAfter(1, how));
    List<Part> parts = new ArrayList<>();
    try (ReplyStream reply = chain.model.answer(question())) {
      assertThatThrownBy(() -> readInto(parts, reply)).isInstanceOf(ChatException.class);
    }
    assertThat(text(parts)).isEqualTo("one");
    assertThat(asked()).isOne();
  }

  @Test
  void twentyFailuresOpenTheBreakerAfterTen() {
    saying(Script.refusing(500));
    for (int i = 0; i < 20; i++) {
      failure();
    }
    assertThat(failure()).isEqualTo(new Failure.CircuitOpen(Duration.ofSeconds(10)));
    assertThat(asked()).isEqualTo(10);
    assertThat(simulator.answered(500)).isEqualTo(10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"400", "401", "404", "413", "429"})
  void twentyRefusalsDoNot(String kind) {
    saying(Script.of("error=" + kind));
    for (int i = 0; i < 20; i++) {
      failure();
    }
    assertThat(asked()).isEqualTo(20);
    assertThat(chain.state(question().model().value())).isEqualTo(State.CLOSED);
    assertThat(wholeText(answering("yes"))).isEqualTo("yes");
  }

  private void open() {
    saying(Script.refusing(500));
    for (int i = 0; i < 4; i++) {
      failure();
    }
    assertThat(chain.state(question().model().value())).isEqualTo(State.OPEN);
    simulator.reset();
  }

  @Test
  void oneProbeIsMadeAfterTenSeconds() throws Exception {
    open();
    chain.clock.pass(Duration.ofMillis(9_999));
    assertThat(failure()).isInstanceOf(Failure.CircuitOpen.class);
    assertThat(asked()).isZero();
    chain.clock.pass(Duration.ofMillis(2));
    silent();
    try (var probe = Background.run(() -> chain.model.answer(question()))) {
      simulator.awaitRequests(1, PATIENCE);
      for (int i = 0; i < 20; i++) {
        assertThat(failure()).isInstanceOf(Failure.CircuitOpen.class);
      }
      assertThat(asked()).isOne();
      probe.interrupt();
      assertThatThrownBy(probe::result).isInstanceOf(InterruptedException.class);
    }
    assertThat(wholeText(answering("yes"))).isEqualTo("yes");
    assertThat(chain.state(question().model().value())).isEqualTo(State.CLOSED);
  }

  @Test
  void anInterruptBeforeTheFirstTokenIsSeenByTheProviderAtOnce() throws Exception {
    ChatModel model = silent();
    try (var asking = Background.run(() -> model.answer(question()))) {
      SeenRequest seen = simulator.awaitRequests(1, PATIENCE).getFirst();
      asking.interrupt();
      assertThatThrownBy(asking::result).isInstanceOf(InterruptedException.class);
      assertThat(seen.awaitOutcome(Duration.ofSeconds(2)).end())
          .isEqualTo(Outcome.End.CLIENT_CLOSED);
    }
    assertThat(asked()).isOne();
  }

  /** The configuration's own: retries around the breaker, around the wait for the first token. */
  @Test
  void theConfigurationPutsThemInThisOrder() {
    simulator.script(Script.of("end-after=0"));
    simulator.script(Script.saying("yes"));
    assertThat(wholeText(gateway.whole)).isEqualTo("yes");
    assertThat(asked()).isEqualTo(2);
    saying(Script.refusing(500));
    for (int i = 0; i < 10; i++) {
      failure(gateway.whole);
    }
    assertThat(failure(gateway.whole)).isInstanceOf(Failure.CircuitOpen.class);
    // One of the first two failed, too.
    assertThat(asked()).isEqualTo(2 + 8);
  }
}
