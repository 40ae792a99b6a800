package dev.groqchat.application.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.application.fixtures.FakeCatalog;
import dev.groqchat.application.fixtures.Fakes;
import dev.groqchat.application.fixtures.Fixtures;
import dev.groqchat.application.fixtures.Interference;
import dev.groqchat.application.port.Following;
import dev.groqchat.application.port.in.Caller;
import dev.groqchat.application.port.in.StartTurn.NewTurn;
import dev.groqchat.application.port.in.StartTurn.Said;
import dev.groqchat.application.port.in.StartTurn.Started;
import dev.groqchat.application.port.in.TurnRef;
import dev.groqchat.application.usecase.admission.VirtualTime;
import dev.groqchat.domain.conversation.ConversationId;
import dev.groqchat.domain.conversation.ConversationKey;
import dev.groqchat.domain.conversation.Message;
import dev.groqchat.domain.conversation.MessageRules;
import dev.groqchat.domain.conversation.Owner;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.model.ModelId;
import dev.groqchat.domain.turn.NumberedEvent;
import dev.groqchat.domain.turn.OnDisconnect;
import dev.groqchat.domain.turn.Turn;
import dev.groqchat.domain.turn.TurnEvent;
import dev.groqchat.domain.turn.TurnId;
import dev.groqchat.domain.turn.TurnState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** The use cases over fakes, and how tests talk to them. */
final class World implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(20);

  /** What becomes of new turns, and of those that are cut, when the service ends. */
  static final Failure GOING_AWAY = new Failure.ShuttingDown(Duration.ofSeconds(5));

  static final Caller ALICE = caller("alice");
  static final Caller BOB = caller("bob");

  final Fakes fakes = Fakes.fresh();
  final Ids ids;
  final TurnSettings settings;
  final UseCases useCases;

  /** How often a port was called by an interrupted thread: never. */
  private final AtomicInteger interruptedCalls = new AtomicInteger();

  World() {
    this(settings(20, null, 1000));
  }

  World(TurnSettings settings) {
    this(settings, realTime(), null);
  }

  /** In a time that the test lets pass. */
  World(TurnSettings settings, VirtualTime time) {
    this(settings, time, time::after);
  }

  private World(TurnSettings settings, InstantSource clock, @Nullable Timer timer) {
    this.ids = new Ids(clock, new Random(7));
    this.settings = settings;
    this.useCases = new UseCases(fakes.ports(), settings, ids, timer);
    watch(Interference.NONE);
  }

  private static InstantSource realTime() {
    AtomicLong last = new AtomicLong();
    long begin = System.nanoTime();
    // No instant twice, so that ids are in order.
    return () -> {
      long now = 1_800_000_000_000L + (System.nanoTime() - begin) / 1_000_000;
      return Instant.ofEpochMilli(last.updateAndGet(it -> Math.max(it + 1, now)));
    };
  }

  /** Ten tokens for each reply. */
  static TurnSettings settings(int maxExchanges, @Nullable String system, int maxOpenTurns) {
    MessageRules rules = new MessageRules(1000, 100);
    TurnSettings.Admission admission = Fixtures.admission(maxOpenTurns);
    return new TurnSettings(
        FakeCatalog.DEFAULT, 10, maxExchanges, system, rules, List.of(), admission);
  }

  /** The same, but other models may stand in, and turns wait for so long. */
  static TurnSettings settings(List<ModelId> fallbacks, Duration patience, int atOnce) {
    MessageRules rules = new MessageRules(1000, 100);
    TurnSettings.Admission admission = new TurnSettings.Admission(atOnce, 1000, patience, Map.of());
    return new TurnSettings(FakeCatalog.DEFAULT, 10, 20, null, rules, fallbacks, admission);
  }

  static Caller caller(String name) {
    return new Caller(new Owner(name), name, null, "request-of-" + name);
  }

  /** Interferes with the turns' store and the journal, which no stop may ever interrupt. */
  void watch(Interference interference) {
    Interference watched =
        (operation, subject) -> {
          // Awaiting the head of the line is what a stop interrupts.
          if (Thread.currentThread().isInterrupted() && !operation.equals("awaitHead")) {
            interruptedCalls.incrementAndGet();
          }
          interference.before(operation, subject);
        };
    fakes.turns().interfere(watched);
    fakes.journal().interfere(watched);
  }

  static ConversationId id(String conversation) {
    return new ConversationId(conversation);
  }

  static ConversationKey key(Caller caller, String conversation) {
    return new ConversationKey(caller.owner(), id(conversation));
  }

  static NewTurn wish(String conversation, @Nullable Said said) {
    return new NewTurn(id(conversation), said, null, null, null, null, null, null, false);
  }

  static NewTurn wish(String conversation, String text) {
    return wish(conversation, new Said.Text(text));
  }

  static NewTurn wish(String conversation, String text, OnDisconnect onDisconnect) {
    Said said = new Said.Text(text);
    return new NewTurn(id(conversation), said, null, null, null, onDisconnect, null, null, false);
  }

  static NewTurn wish(String conversation, String text, ModelId model) {
    Said said = new Said.Text(text);
    return new NewTurn(id(conversation), said, model, null, null, null, null, null, false);
  }

  static NewTurn retry(String conversation, TurnId of) {
    return new NewTurn(id(conversation), null, null, null, null, null, of, null, false);
  }

  static TurnRef ref(Started started) {
    return new TurnRef(null, started.turn().id());
  }

  static TurnRef ref(Turn turn) {
    return new TurnRef(turn.conversation().id(), turn.id());
  }

  Started start(String conversation, String text) {
    return start(wish(conversation, text));
  }

  Started start(NewTurn wish) {
    return useCases.startTurn().start(ALICE, wish);
  }

  /** Runs a turn to its end. */
  Turn run(String conversation, String text) {
    return run(wish(conversation, text));
  }

  Turn run(NewTurn wish) {
    Started started = start(wish);
    drain(started.following());
    return stored(started);
  }

  Turn stored(Started started) {
    return fakes
        .turns()
        .find(started.turn().conversation().owner(), started.turn().id())
        .orElseThrow();
  }

  static TurnState.Ended end(Turn turn) {
    assertThat(turn.state()).isInstanceOf(TurnState.Ended.class);
    return (TurnState.Ended) turn.state();
  }

  /** All that a following has, to the turn's end; closes it. */
  static List<NumberedEvent> drain(Following following) {
    try (following) {
      List<NumberedEvent> all = new ArrayList<>();
      while (!following.ended()) {
        all.addAll(next(following));
      }
      return all;
    }
  }

  /** Reads until such an event has come. */
  static List<NumberedEvent> readUntil(Following following, TurnEvent wanted) {
    List<NumberedEvent> all = new ArrayList<>();
    while (all.stream().noneMatch(it -> it.event().equals(wanted))) {
      assertThat(following.ended()).as("ended without %s: %s", wanted, all).isFalse();
      all.addAll(next(following));
    }
    return all;
  }

  /** Reads whatever comes next, which must be of this kind alone. */
  static List<NumberedEvent> readOnly(Following following, Class<? extends TurnEvent> kind) {
    List<NumberedEvent> events = next(following);
    assertThat(events).extracting(NumberedEvent::event).hasOnlyElementsOfType(kind);
    return events;
  }

  private static List<NumberedEvent> next(Following following) {
    try {
      List<NumberedEvent> events = following.next(PATIENCE);
      assertThat(!events.isEmpty() || following.ended()).as("something comes, or it ends").isTrue();
      return events;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  static List<TurnEvent> plain(List<NumberedEvent> events) {
    return events.stream().map(NumberedEvent::event).toList();
  }

  /** What the model was sent with a question. */
  List<String> sent(int question) {
    return fakes.model().questions().get(question).messages().stream().map(Message::text).toList();
  }

  /** What the model was sent last. */
  List<String> sentLast() {
    return sent(fakes.model().questions().size() - 1);
  }

  /** Nothing is open any more, and every turn has ended as it must. */
  void assertAllEnded() {
    await(() -> useCases.openTurns() == 0, "turns are open");
    assertThat(fakes.model().open()).as("streams are open").isZero();
    assertThat(interruptedCalls).as("the store was called while interrupted").hasValue(0);
    fakes.turns().all().forEach(this::assertEndedOnce);
  }

  private void assertEndedOnce(Turn turn) {
    List<NumberedEvent> events = fakes.journal().events(turn.id());
    TurnState.Ended end = end(turn);
    assertThat(events)
        .extracting(NumberedEvent::seq)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, end.lastSeq()).boxed().toList());
    assertThat(events.stream().filter(NumberedEvent::ending).map(NumberedEvent::event))
        .containsExactly(end.event());
    assertThat(events.getLast().ending()).isTrue();
    assertThat(
            events.stream()
                .map(it -> it.event() instanceof TurnEvent.Delta(String text) ? text : "")
                .collect(Collectors.joining()))
        .isEqualTo(end.reply().text());
  }

  /** For what follows shortly, with nothing to wait on. */
  static void await(BooleanSupplier condition, String otherwise) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(otherwise).isLessThan(deadline);
      LockSupport.parkNanos(100_000);
    }
  }

  @Override
  public void close() {
    useCases.close();
  }
}
