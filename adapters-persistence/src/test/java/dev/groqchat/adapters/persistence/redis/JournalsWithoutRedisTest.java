package dev.groqchat.adapters.persistence.redis;

import static dev.groqchat.adapters.persistence.redis.JournalInstance.NEVER;
import static dev.groqchat.adapters.persistence.redis.JournalInstance.await;
import static dev.groqchat.adapters.persistence.redis.JournalInstance.rest;
import static dev.groqchat.adapters.persistence.redis.JournalInstance.take;
import static dev.groqchat.adapters.persistence.redis.JournalInstance.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.groqchat.application.port.Following;
import dev.groqchat.application.port.out.TurnJournal.Progress;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.turn.NumberedEvent;
import dev.groqchat.domain.turn.TurnEvent.Delta;
import dev.groqchat.domain.turn.TurnEvent.Failed;
import dev.groqchat.domain.turn.TurnEvent.Gap;
import dev.groqchat.domain.turn.TurnEvent.Reasoning;
import dev.groqchat.domain.turn.TurnEvent.Stopped;
import dev.groqchat.domain.turn.TurnId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Redis away, frozen, full, or empty all of a sudden. */
@Timeout(60)
class JournalsWithoutRedisTest {
  @RegisterExtension static final JournalInstances ALL = new JournalInstances();

  private static final Failed LOST = new Failed(new Failure.InstanceLost());

  @Test
  void redisLosesEverythingWhileATurnIsWrittenAndNobodyNotices() throws Exception {
    JournalInstance one = ALL.instance(JournalInstances.QUICK);
    JournalInstance other = ALL.instance(JournalInstances.QUICK);
    TurnId turn = one.opened();
    StringBuilder written = new StringBuilder();
    try (Following here = one.follow(turn, 0);
        Following there = other.follow(turn, 0)) {
      one.write(turn, written, 30);
      assertThat(text(take(there, 30))).isEqualTo(written.toString());
      ALL.redis().stop();
      String before = written.toString();
      one.write(turn, written, 30);
      assertThat(text(take(here, 60))).isEqualTo(written.toString());
      ALL.redis().start();
      one.write(turn, written, 30);
      one.append(turn, new Stopped(1, true));

      assertThat(before + text(rest(there))).isEqualTo(written.toString());
      assertThat(take(here, 31).getLast()).isEqualTo(new NumberedEvent(91, new Stopped(1, true)));
    }
    assertThat(text(other.rest(turn, 0))).isEqualTo(written.toString());
    assertThat(other.rest(turn, 0)).hasSize(91);
  }

  @Test
  void whatIsTooMuchToBeKeptUntilRedisIsBackIsAGap() throws Exception {
    JournalInstance one = ALL.instance(JournalInstances.QUICK, 10, 10);
    JournalInstance other = ALL.instance(JournalInstances.QUICK, 1_000, 10);
    TurnId turn = one.opened();
    StringBuilder written = new StringBuilder();
    try (Following there = other.follow(turn, 0)) {
      one.write(turn, written, 5);
      List<NumberedEvent> seen = new ArrayList<>(take(there, 5));
      ALL.redis().freeze();
      one.write(turn, written, 100);
      one.append(turn, new Reasoning("thought"));
      ALL.redis().thaw();
      one.append(turn, new Stopped(1, true));

      seen.addAll(rest(there));

      assertThat(text(seen)).isEqualTo(written.toString());
      assertThat(seen).extracting(NumberedEvent::event).hasAtLeastOneElementOfType(Gap.class);
      assertThat(seen.getLast().event()).isEqualTo(new Stopped(1, true));
    }
    assertThat(other.journal().progress(turn))
        .contains(new Progress(written.toString(), "thought", 107));
  }

  @Test
  void aFrozenRedisHoldsNobodyUpForEver() throws Exception {
    JournalInstance one = ALL.instance(JournalInstances.QUICK);
    JournalInstance other = ALL.instance(JournalInstances.QUICK);
    List<TurnId> turns = Stream.generate(() -> one.opened()).limit(50).toList();
    ALL.redis().freeze();

    for (TurnId turn : turns) {
      for (int n = 0; n < 100; n++) {
        one.append(turn, new Delta(n + " "));
      }
      one.append(turn, new Stopped(1, true));
    }
    for (TurnId turn : turns) {
      assertThat(one.rest(turn, 0)).hasSize(101);
    }
    ALL.redis().thaw();

    for (TurnId turn : turns) {
      await(() -> other.reachesRedis() && ended(other, turn));
      assertThat(other.rest(turn, 0)).isEqualTo(one.rest(turn, 0));
    }
  }

  private static boolean ended(JournalInstance instance, TurnId turn) {
    return instance.journal().progress(turn).map(it -> it.lastSeq() == 101).orElse(false);
  }

  @Test
  void aFullRedisIsWrittenToWhenThereIsRoomAgain() throws Exception {
    JournalInstance one = ALL.instance(JournalInstances.QUICK);
    JournalInstance other = ALL.instance(JournalInstances.QUICK);
    TurnId turn = one.opened();
    ALL.redis().fill();
    one.append(turn, new Delta("a"));
    one.append(turn, new Stopped(1, true));
    assertThat(one.rest(turn, 0)).hasSize(2);

    ALL.redis().makeRoom();

    try (Following follower = other.follow(turn, 0)) {
      assertThat(rest(follower)).isEqualTo(one.rest(turn, 0));
    }
  }

  @Test
  void withRedisAwayNothingIsOpenedAndNothingOfOthersFollowed() {
    JournalInstance one = ALL.instance(NEVER);
    JournalInstance other = ALL.instance(NEVER);
    TurnId turn = one.opened();
    ALL.redis().stop();

    assertUnavailable(() -> one.opened());
    assertUnavailable(() -> other.follow(turn, 0));
    assertUnavailable(() -> other.journal().progress(turn));
    assertUnavailable(() -> other.append(turn, LOST));
    assertThat(one.journal().followedElsewhere(turn)).isFalse();
    assertThat(other.journal().mirrored()).isZero();
    assertThat(one.journal().progress(turn)).isPresent();
  }

  private static void assertUnavailable(Runnable call) {
    assertThatExceptionOfType(ChatException.class)
        .isThrownBy(call::run)
        .satisfies(e -> assertThat(e.failure()).isInstanceOf(Failure.StoreUnavailable.class));
  }

  @Test
  void aJournalThatIsGoneForGoodEndsItsFollowers() throws Exception {
    JournalInstance one = ALL.instance(NEVER);
    JournalInstance other = ALL.instance(JournalInstances.QUICK);
    TurnId turn = one.opened();
    one.append(turn, new Delta("a"));
    one.journal().settle(turn);
    try (Following follower = other.follow(turn, 0)) {
      one.crash();
      ALL.redis().fresh();

      await(follower::ended);
    }
  }

  @Test
  void aBatchThatIsMissingIsNeverPassedOver() throws Exception {
    JournalInstance one = ALL.instance(NEVER);
    JournalInstance other = ALL.instance(NEVER);
    TurnId turn = one.opened();
    one.append(turn, new Delta("a"));
    one.journal().settle(turn);
    one.append(turn, new Delta("b"));
    one.append(turn, new Stopped(2, true));
    ALL.redis().asked(it -> it.xdel(JournalInstances.key(turn, "events"), "1-0"));

    try (Following follower = other.follow(turn, 0)) {
      assertThat(rest(follower)).isEmpty();
    }
  }

  @Test
  void redisKeepsNoMoreOfALongTurnThanAnInstance() throws Exception {
    JournalInstance one = ALL.instance(NEVER, 100, 10);
    JournalInstance other = ALL.instance(NEVER, 1_000, 10);
    TurnId turn = one.opened();
    StringBuilder written = new StringBuilder();
    for (int n = 0; n < 1_000; n++) {
      one.write(turn, written, 1);
      one.journal().settle(turn);
    }

    assertThat(ALL.count(it -> it.xlen(JournalInstances.key(turn, "events"))))
        .isBetween(100L, 151L);
    try (Following late = other.follow(turn, 7)) {
      List<NumberedEvent> events = late.next(Duration.ZERO);
      assertThat(events.getFirst().event()).isInstanceOf(Gap.class);
      one.append(turn, new Stopped(1, true));
      events.addAll(rest(late));
      assertThat(text(events)).isEqualTo(written.toString());
    }
  }
}
