package dev.groqchat.adapters.groq;

import static dev.groqchat.application.fixtures.ChatModelContract.question;
import static dev.groqchat.application.fixtures.ChatModelContract.readInto;
import static dev.groqchat.application.fixtures.ChatModelContract.text;
import static dev.groqchat.application.fixtures.ChatModelContract.wholeText;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.groqchat.application.port.out.ChatModel;
import dev.groqchat.application.port.out.ReplyStream;
import dev.groqchat.application.port.out.ReplyStream.Part;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.traffic.ProviderLimits;
import dev.groqchat.simulator.Fault.Break;
import dev.groqchat.simulator.Script;
import dev.groqchat.simulator.SeenRequest;
import dev.groqchat.simulator.Simulator;
import dev.groqchat.simulator.SimulatorConfig;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The same contract, where the other side speaks as OpenRouter does. */
class OpenRouterTest implements SimulatedModelContract {
  private final Simulator simulator =
      Simulator.start(SimulatorConfig.fast().withApiKey(Gateway.KEY));
  private final Gateway gateway = Gateway.toOpenRouter(simulator.baseUrl());
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

  @Override
  public Break breakingOff() {
    return Break.OPENROUTER_ERROR;
  }

  private Failure failure() {
    return catchThrowableOfType(ChatException.class, () -> chain.model.answer(question()).close())
        .failure();
  }

  @Test
  void saysWhoAsks() {
    assertThat(wholeText(answering("yes"))).isEqualTo("yes");
    SeenRequest seen = simulator.requests().getFirst();
    assertThat(seen.path()).isEqualTo("/api/v1/chat/completions");
    assertThat(seen.header("HTTP-Referer")).contains("https://canary.example");
    assertThat(seen.header("X-OpenRouter-Title")).contains("The canary");
    assertThat(seen.header("Authorization")).contains("Bearer " + Gateway.KEY);
  }

  @Test
  void doesNotSayItToOthers() {
    try (Gateway groq = Gateway.to(simulator.baseUrl())) {
      answering("yes");
      assertThat(wholeText(groq.model)).isEqualTo("yes");
    }
    assertThat(simulator.requests().getFirst().headers().keySet())
        .noneMatch(name -> name.equalsIgnoreCase("HTTP-Referer"))
        .noneMatch(name -> name.equalsIgnoreCase("X-OpenRouter-Title"));
  }

  @Test
  void hearsWhatWasUsedAndNothingOfLimits() throws InterruptedException {
    List<Part> parts = new ArrayList<>();
    try (ReplyStream reply =
        saying(Script.of("thinking=hm text=\"yes and no\"")).answer(question())) {
      assertThat(reply.limits()).isEqualTo(ProviderLimits.UNSAID);
      readInto(parts, reply);
    }
    assertThat(parts).contains(new Part.Reasoning("hm"));
    assertThat(text(parts)).isEqualTo("yes and no");
    assertThat(parts.getLast())
        .isInstanceOfSatisfying(
            Part.End.class,
            end ->
                assertThat(end.usage())
                    .isNotNull()
                    .matches(usage -> usage.exact() && usage.completionTokens() == 4));
  }

  @Test
  void itsErrorsMeanWhatTheirNumbersSay() {
    saying(Script.of("error=402"));
    assertThat(failure()).isEqualTo(new Failure.ModelRefused());
    saying(Script.of("error=401"));
    assertThat(failure()).isEqualTo(new Failure.ModelRefused());
    saying(Script.of("error=429"));
    assertThat(failure()).isInstanceOf(Failure.ModelBusy.class);
    assertThat(simulator.requests()).hasSize(3);
    saying(Script.of("error=408"));
    assertThat(failure()).isEqualTo(new Failure.ModelUnavailable());
    assertThat(simulator.requests()).hasSize(6);
  }

  @Test
  void anErrorInMidStreamIsNoEnd() throws InterruptedException {
    List<Part> parts = new ArrayList<>();
    try (ReplyStream reply =
        saying(Script.counting(9).breakAfter(3, Break.OPENROUTER_ERROR)).answer(question())) {
      assertThatThrownBy(() -> readInto(parts, reply)).hasMessage(new Failure.ReplyCut().detail());
    }
    assertThat(text(parts)).isEqualTo("1 2 3");
    assertThat(simulator.requests()).hasSize(1);
  }
}
