package dev.groqchat.domain.turn;

import static dev.groqchat.domain.trimming.Talk.assistant;
import static dev.groqchat.domain.trimming.Talk.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.groqchat.domain.conversation.ConversationId;
import dev.groqchat.domain.conversation.ConversationKey;
import dev.groqchat.domain.conversation.Owner;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.model.ModelId;
import dev.groqchat.domain.trimming.CountedMessage;
import dev.groqchat.domain.trimming.Exchange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TurnTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final ModelId MODEL = new ModelId("openai/gpt-oss-120b");
  private static final ModelId OTHER = new ModelId("openai/gpt-oss-20b");
  private static final CountedMessage QUESTION = user("How are you?", 4);
  private static final Timings TIMINGS =
      new Timings(Duration.ZERO, null, Duration.ofSeconds(1), Duration.ZERO);
  private static final SentContext CONTEXT = new SentContext(null, List.of(), null);

  private final Turn queued =
      Turn.queued(
          TurnId.make(NOW, new Random(1)),
          new ConversationKey(new Owner("alice"), new ConversationId("default")),
          QUESTION,
          new TurnOptions(MODEL, null, 1024, OnDisconnect.DEFAULT),
          NOW,
          null);

  @Test
  void waitsAtFirst() {
    assertThat(queued.state()).isEqualTo(new TurnState.Queued());
    assertThat(queued.context()).isNull();
    assertThat(queued.model()).isNull();
    assertThat(queued.retryOf()).isNull();
    assertThat(queued.hasEnded()).isFalse();
    assertThat(queued.exchange()).isEmpty();
  }

  @Test
  void keepsWhatItWasThroughAllItsStates() {
    Turn running = queued.running(CONTEXT);
    Turn answered = running.answeredBy(OTHER);
    Turn ended = answered.ended(finished("Fine."));

    assertThat(running.state()).isEqualTo(new TurnState.Running());
    assertThat(running.context()).isEqualTo(CONTEXT);
    assertThat(answered.model()).isEqualTo(OTHER);
    assertThat(answered.state()).isEqualTo(new TurnState.Running());
    assertThat(ended)
        .isEqualTo(
            new Turn(
                queued.id(),
                queued.conversation(),
                QUESTION,
                queued.options(),
                NOW,
                null,
                CONTEXT,
                OTHER,
                finished("Fine.")));
    assertThat(ended.hasEnded()).isTrue();
  }

  @Test
  void runsAgainAfterAnotherAttemptWithoutLosingItsModel() {
    Turn again = queued.running(CONTEXT).answeredBy(OTHER).running(CONTEXT);

    assertThat(again.model()).isEqualTo(OTHER);
  }

  @Test
  void canEndBeforeItRan() {
    Turn ended = queued.ended(new TurnState.Stopped(reply(""), true, TIMINGS, 1));

    assertThat(ended.hasEnded()).isTrue();
    assertThat(ended.context()).isNull();
  }

  @Test
  void endsOnceAndDoesNotChangeAfterwards() {
    Turn ended = queued.ended(finished("Fine."));

    assertThatIllegalStateException().isThrownBy(() -> ended.ended(finished("Fine.")));
    assertThatIllegalStateException().isThrownBy(() -> ended.running(CONTEXT));
    assertThatIllegalStateException().isThrownBy(() -> ended.answeredBy(OTHER));
  }

  @Test
  void whatWasAnsweredIsBuiltUpon() {
    Exchange exchange = Exchange.of(QUESTION, assistant("Fine.", 2));

    assertThat(queued.ended(finished("Fine.")).exchange()).contains(exchange);
    assertThat(queued.ended(new TurnState.Stopped(reply("Fine."), true, TIMINGS, 3)).exchange())
        .contains(exchange);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n"})
  void anAnswerWithoutTextIsNotBuiltUpon(String nothing) {
    assertThat(queued.ended(finished(nothing)).exchange()).isEmpty();
    assertThat(queued.ended(new TurnState.Stopped(reply(nothing), true, TIMINGS, 3)).exchange())
        .isEmpty();
  }

  @Test
  void whatFailedOrGoesOnIsNotBuiltUpon() {
    TurnState.Failed failed = new TurnState.Failed(reply("Fi"), new Failure.ReplyCut(), TIMINGS, 3);

    assertThat(queued.ended(failed).exchange()).isEmpty();
    assertThat(queued.running(CONTEXT).exchange()).isEmpty();
  }

  @Test
  void everyStateHasItsWord() {
    assertThat(new TurnState.Queued().word()).isEqualTo("queued");
    assertThat(new TurnState.Running().word()).isEqualTo("running");
    assertThat(finished("").word()).isEqualTo("finished");
    assertThat(new TurnState.Stopped(reply(""), true, TIMINGS, 3).word()).isEqualTo("stopped");
    assertThat(new TurnState.Failed(reply(""), new Failure.Internal(), TIMINGS, 3).word())
        .isEqualTo("failed");
  }

  @Test
  void aContextKeepsItsOwnLists() {
    List<TurnId> history = new ArrayList<>(List.of(queued.id()));
    List<CountedMessage> transcript = new ArrayList<>(List.of(QUESTION));
    SentContext context = new SentContext(QUESTION, history, transcript);

    history.clear();
    transcript.clear();

    assertThat(context.history()).containsExactly(queued.id());
    assertThat(context.transcript()).containsExactly(QUESTION);
    assertThat(new SentContext(null, history, null).transcript()).isNull();
  }

  private static TurnState.Finished finished(String text) {
    return new TurnState.Finished(
        reply(text), FinishReason.STOP, new Usage(4, 2, true), TIMINGS, 3);
  }

  private static Reply reply(String text) {
    return new Reply(assistant(text, 2), "");
  }
}
