package dev.groqchat.adapters.persistence.memory;

import static dev.groqchat.application.fixtures.Fixtures.aTurnId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.groqchat.application.fixtures.FakeClock;
import dev.groqchat.application.port.Following;
import dev.groqchat.application.port.out.TurnJournal;
import dev.groqchat.domain.turn.NumberedEvent;
import dev.groqchat.domain.turn.TurnEvent;
import dev.groqchat.domain.turn.TurnEvent.Delta;
import dev.groqchat.domain.turn.TurnEvent.Stopped;
import dev.groqchat.domain.turn.TurnId;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How old and how much journals may become. */
class JournalBoundsTest {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration TICK = Duration.ofMillis(1);

  private final FakeClock clock = new FakeClock();

  @Test
  void isKeptForItsRetentionAfterTheEndingAndNotLonger() {
    TurnJournal journal = new MemoryStores(Limits.WIDE, clock).journal();
    TurnId turn = opened(journal);
    clock.pass(Limits.RETENTION.multipliedBy(3));
    end(journal, turn);

    clock.pass(Limits.RETENTION);
    assertThat(journal.follow(turn, 0)).isPresent();
    assertThat(journal.progress(turn)).isPresent();
    clock.pass(TICK);

    assertThat(journal.follow(turn, 0)).isEmpty();
    assertThat(journal.progress(turn)).isEmpty();
  }

  @Test
  void whatGoesOnIsNeverTooOld() {
    TurnJournal journal = new MemoryStores(Limits.WIDE, clock).journal();
    TurnId turn = opened(journal);
    journal.append(turn, List.of(new Delta("a")));

    clock.pass(Limits.RETENTION.multipliedBy(100));
    opened(journal);

    assertThat(journal.follow(turn, 0)).isPresent();
    assertThat(journal.append(turn, List.of(new Delta("b")))).isEqualTo(2);
  }

  @Test
  void writingSweepsOutWhatIsTooOld() {
    MemoryTurnJournal journal = new MemoryTurnJournal(Limits.WIDE, clock);
    for (int n = 0; n < 100; n++) {
      end(journal, opened(journal));
    }
    clock.pass(Limits.RETENTION.plus(TICK));

    TurnId recent = opened(journal);

    assertThat(journal.bytes()).isEqualTo(Footprint.JOURNAL);
    assertThatIllegalStateException()
        .isThrownBy(() -> journal.append(aTurnId(), List.of(new Delta("a"))));
    assertThat(journal.follow(recent, 0)).isPresent();
  }

  @Test
  void theOneThatEndedLongestAgoMakesRoom() {
    long each = Footprint.JOURNAL + Footprint.of(new Stopped(0, true));
    TurnJournal journal = new MemoryStores(Limits.journalBytes(3 * each), clock).journal();
    TurnId running = opened(journal);
    TurnId second = opened(journal);
    TurnId first = opened(journal);
    end(journal, first);
    end(journal, second);
    journal.append(running, List.of(new Delta("")));
    assertThat(journal.follow(first, 0)).isPresent();

    TurnId recent = opened(journal);
    assertThat(journal.follow(first, 0)).isEmpty();
    assertThat(journal.follow(second, 0)).isPresent();
    opened(journal);
    assertThat(journal.follow(second, 0)).isEmpty();

    opened(journal);
    assertThat(journal.follow(running, 0)).isPresent();
    assertThat(journal.follow(recent, 0)).isPresent();
  }

  @Test
  void textCountsTwiceAsEventAndAsReply() {
    MemoryTurnJournal journal = new MemoryTurnJournal(Limits.journalEvents(1), clock);
    TurnId turn = opened(journal);
    String text = "x".repeat(1000);

    journal.append(turn, List.of(new Delta(text)));
    assertThat(journal.bytes())
        .isEqualTo(Footprint.JOURNAL + Footprint.of(new Delta(text)) + 2_000);
    journal.append(turn, List.of(new Delta("")));
    assertThat(journal.bytes()).isEqualTo(Footprint.JOURNAL + Footprint.of(new Delta("")) + 2_000);
    journal.append(turn, List.of(new TurnEvent.Reasoning(text)));
    assertThat(journal.bytes())
        .isEqualTo(Footprint.JOURNAL + Footprint.of(new TurnEvent.Reasoning(text)) + 4_000);
  }

  @Test
  void aFollowerOfWhatIsForgottenHasComeToItsEnd() throws Exception {
    TurnJournal journal = new MemoryStores(Limits.WIDE, clock).journal();
    TurnId turn = opened(journal);
    try (Following never = journal.follow(turn, 0).orElseThrow()) {
      end(journal, turn);
      clock.pass(Limits.RETENTION.plus(TICK));
      assertThat(never.ended()).isFalse();

      opened(journal);

      assertThat(never.ended()).isTrue();
      assertThat(never.next(LONG)).isEmpty();
    }
  }

  @Test
  void aFollowerThatDoesNotReadCostsNothing() throws Exception {
    MemoryTurnJournal journal = new MemoryTurnJournal(Limits.WIDE, clock);
    TurnId turn = opened(journal);
    List<Following> idle =
        Stream.generate(() -> journal.follow(turn, 0).orElseThrow()).limit(1000).toList();
    journal.append(turn, List.of(new Delta("a")));

    try (Following one = journal.follow(turn, 0).orElseThrow()) {
      NumberedEvent seen = one.next(LONG).getFirst();
      assertThat(idle).allSatisfy(it -> assertThat(it.next(LONG).getFirst()).isSameAs(seen));
    }
  }

  @Test
  void closingFreesAReaderThatIsKnownToWait() throws Exception {
    TurnJournal journal = new MemoryStores(Limits.WIDE, clock).journal();
    Following follower = journal.follow(opened(journal), 0).orElseThrow();
    Thread reader = Thread.ofPlatform().start(() -> readOnce(follower));
    while (reader.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }

    follower.close();

    assertThat(reader.join(Duration.ofSeconds(20))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 15, 16, 17, 33, 100})
  void keepsTheNewestEventsExactly(int most) {
    KeptEvents events = new KeptEvents(most, 0);
    for (int n = 1; n <= 250; n++) {
      TurnEvent dropped = events.add(new Delta("" + n));
      assertThat(dropped).isEqualTo(n > most ? new Delta("" + (n - most)) : null);
      assertThat(events.after(0, 1_000)).hasSize(Math.min(n, most));
      assertThat(events.after(0, 1_000).getLast())
          .isEqualTo(new NumberedEvent(n, new Delta("" + n)));
    }
    assertThat(events.first()).isEqualTo(251 - most);
    assertThat(events.after(249, 1_000)).hasSize(1);
    assertThat(events.after(250, 1_000)).isEmpty();
  }

  private static void readOnce(Following follower) {
    try {
      follower.next(LONG);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static TurnId opened(TurnJournal journal) {
    TurnId turn = aTurnId();
    journal.open(turn);
    return turn;
  }

  private static void end(TurnJournal journal, TurnId turn) {
    journal.append(turn, List.of(new Stopped(0, true)));
  }
}
