package dev.groqchat.adapters.persistence.redis;

import static dev.groqchat.application.fixtures.Fixtures.MODEL;
import static dev.groqchat.application.fixtures.Fixtures.NOW;
import static dev.groqchat.application.fixtures.Fixtures.USAGE;
import static dev.groqchat.application.fixtures.Fixtures.aKey;
import static dev.groqchat.application.fixtures.Fixtures.aTurnId;
import static dev.groqchat.application.fixtures.Fixtures.aVisitor;
import static dev.groqchat.application.fixtures.Fixtures.allFailures;
import static dev.groqchat.application.fixtures.Fixtures.counted;
import static dev.groqchat.application.fixtures.Fixtures.failed;
import static dev.groqchat.application.fixtures.Fixtures.finished;
import static dev.groqchat.application.fixtures.Fixtures.finishedEvent;
import static dev.groqchat.application.fixtures.Fixtures.reply;
import static dev.groqchat.application.fixtures.Fixtures.stopped;
import static dev.groqchat.application.fixtures.TurnBuilder.turn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.groqchat.domain.conversation.Conversation;
import dev.groqchat.domain.conversation.ConversationId;
import dev.groqchat.domain.conversation.Message;
import dev.groqchat.domain.traffic.LeakyBucket;
import dev.groqchat.domain.traffic.ModelBudget;
import dev.groqchat.domain.traffic.UnderWay;
import dev.groqchat.domain.turn.FinishReason;
import dev.groqchat.domain.turn.OnDisconnect;
import dev.groqchat.domain.turn.Reuse;
import dev.groqchat.domain.turn.SentContext;
import dev.groqchat.domain.turn.Timings;
import dev.groqchat.domain.turn.Turn;
import dev.groqchat.domain.turn.TurnEvent;
import dev.groqchat.domain.turn.TurnOptions;
import dev.groqchat.domain.turn.TurnState;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DomainJsonTest {
  private static final String ODD = "\"Grüß\" \\ 🚀\n\u0000\u2028</script>";

  private static final Duration ZERO = Duration.ZERO;

  @ParameterizedTest
  @MethodSource("states")
  void aTurnIsReadAsItWasWritten(TurnState state) {
    Turn plain = turn(aKey()).asking(ODD).queued();

    assertKept(Turn.class, in(state, plain));
    assertKept(Turn.class, in(state, plain.answeredBy(MODEL)));
  }

  private static Turn in(TurnState state, Turn turn) {
    return new Turn(
        turn.id(),
        turn.conversation(),
        turn.question(),
        turn.options(),
        turn.createdAt(),
        aTurnId(),
        new SentContext(counted(Message.system(ODD)), List.of(aTurnId()), null),
        turn.model(),
        state);
  }

  static Stream<TurnState> states() {
    TurnState.Finished odd =
        new TurnState.Finished(
            reply(ODD), FinishReason.OTHER, USAGE, new Timings(ZERO, null, ZERO, ZERO), 7);
    return Stream.concat(
        Stream.of(new TurnState.Queued(), new TurnState.Running(), stopped(""), odd, finished("a")),
        allFailures().stream().map(it -> failed(it)));
  }

  @ParameterizedTest
  @MethodSource("events")
  void anEventIsReadAsItWasWritten(TurnEvent event) {
    assertKept(TurnEvent.class, event);
  }

  static Stream<TurnEvent> events() {
    return Stream.concat(
        Stream.of(
            new TurnEvent.Queued(3, Duration.ofMillis(1500)),
            new TurnEvent.Started(aTurnId(), new ConversationId("c"), MODEL, null),
            new TurnEvent.Started(aTurnId(), new ConversationId("c"), MODEL, Reuse.JOINED),
            new TurnEvent.Reasoning(ODD),
            new TurnEvent.Delta(ODD),
            new TurnEvent.Gap(""),
            finishedEvent(ODD),
            new TurnEvent.Stopped(5, false)),
        allFailures().stream().map(TurnEvent.Failed::new));
  }

  @ParameterizedTest
  @MethodSource("waysToLeave")
  void optionsAreReadAsTheyWereWritten(OnDisconnect onDisconnect) {
    assertKept(
        Turn.class, turn(aKey()).options(new TurnOptions(MODEL, 0.7, 5, onDisconnect)).queued());
  }

  static Stream<OnDisconnect> waysToLeave() {
    return Stream.of(
        new OnDisconnect.Continue(),
        new OnDisconnect.Cancel(),
        new OnDisconnect.Grace(Duration.ofMillis(1)));
  }

  /** The lists above are closed lists: one that is missing there fails here. */
  @Test
  void everyOneOfTheClosedListsIsTried() {
    Stream<Object> tried =
        Stream.of(states(), events(), allFailures().stream(), waysToLeave()).flatMap(it -> it);

    assertThat(tried.map(Object::getClass).distinct())
        .containsExactlyInAnyOrderElementsOf(DomainJson.names().keySet());
  }

  /** What is kept is read by the next version, too: a renamed record needs its old name here. */
  @Test
  void theNamesThatAreKeptDoNotChange() {
    assertThat(DomainJson.names().values().stream().distinct().sorted())
        .isEqualTo(
            Arrays.asList(
                "AlreadyExists Cancel CircuitOpen Continue Delta Failed Finished Gap Grace"
                    .concat(" InstanceLost Internal InvalidRequest KeyReused ModelBusy")
                    .concat(" ModelOverloaded ModelRefused ModelTimeout ModelUnavailable NotFound")
                    .concat(" PromptTooLarge QuestionRefused Queued RateLimited Reasoning ReplyCut")
                    .concat(" Running ShuttingDown Started Stopped StoreUnavailable TooBusy")
                    .split(" ")));
  }

  @Test
  void anEmptyTranscriptIsNotTheSameAsNone() {
    Turn turn = turn(aKey()).queued();

    assertKept(Turn.class, turn.running(new SentContext(null, List.of(), null)));
    assertKept(Turn.class, turn.running(new SentContext(null, List.of(), List.of())));
    assertKept(
        Turn.class,
        turn.running(new SentContext(null, List.of(), List.of(counted(Message.user(ODD))))));
  }

  @Test
  void aConversationIsReadAsItWasWritten() {
    assertKept(
        Conversation.class,
        Conversation.begin(aKey(), "Über 🚀", ODD, aVisitor(), NOW).spokenIn(NOW.plusNanos(1)));
    assertKept(Conversation.class, Conversation.begin(aKey(), null, null, null, NOW));
  }

  @Test
  void aBudgetIsReadAsItWasWrittenAndSaysLittleOfEachQuestion() {
    Instant odd = NOW.plusNanos(123_456_789);
    ModelBudget budget =
        new ModelBudget(
            true,
            new LeakyBucket(8_000, Duration.ofMinutes(1), odd),
            null,
            null,
            new UnderWay(
                List.of(
                    new UnderWay.Question("first", Instant.ofEpochSecond(-1, 1), 7, true),
                    new UnderWay.Question("second", odd, Long.MAX_VALUE, false))),
            odd,
            16);

    assertKept(ModelBudget.class, budget);
    assertThat(DomainJson.write(ModelBudget.class, budget))
        .contains("[[\"first\",-999999999,7,true],[\"second\",");
  }

  @Test
  void membersOfALaterVersionArePassedOver() {
    String now = DomainJson.write(TurnEvent.class, new TurnEvent.Delta("a"));
    assertThat(now).startsWith("{\"v\":1,");

    String later = now.substring(0, now.length() - 1) + ",\"mood\":{\"good\":true}}";

    assertThat(DomainJson.read(TurnEvent.class, later)).isEqualTo(new TurnEvent.Delta("a"));
  }

  @Test
  void whatIsNotOursIsNotRead() {
    assertThatThrownBy(() -> DomainJson.read(TurnEvent.class, "{\"v\":2,\"is\":\"Delta\"}"))
        .isInstanceOf(IllegalStateException.class);
  }

  private static <T> void assertKept(Class<T> type, T value) {
    assertThat(DomainJson.read(type, DomainJson.write(type, value))).isEqualTo(value);
  }
}
