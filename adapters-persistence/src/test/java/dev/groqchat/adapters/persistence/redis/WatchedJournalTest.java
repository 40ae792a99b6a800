package dev.groqchat.adapters.persistence.redis;

import static dev.groqchat.adapters.persistence.redis.JournalInstance.NEVER;
import static dev.groqchat.adapters.persistence.redis.JournalInstance.await;
import static dev.groqchat.adapters.persistence.redis.JournalInstance.numbered;
import static dev.groqchat.adapters.persistence.redis.JournalInstance.rest;
import static dev.groqchat.adapters.persistence.redis.JournalInstance.take;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.groqchat.application.port.Following;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.turn.TurnEvent.Delta;
import dev.groqchat.domain.turn.TurnEvent.Stopped;
import dev.groqchat.domain.turn.TurnId;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who watches a journal, and what that costs. */
@Timeout(60)
class WatchedJournalTest {
  @RegisterExtension static final JournalInstances ALL = new JournalInstances();

  /** The pace for nobody is an hour. */
  @Test
  void aWatchedTurnIsWrittenMoreOften() throws Exception {
    JournalInstance one =
        ALL.instance(
            new JournalPace(
                Duration.ofMillis(1),
                Duration.ofHours(1),
                Duration.ofHours(1),
                Duration.ofHours(1)));
    JournalInstance other = ALL.instance(NEVER);
    TurnId turn = one.opened();
    try (Following follower = other.follow(turn, 0)) {
      for (int n = 1; n <= 20; n++) {
        one.append(turn, new Delta("x"));
        assertThat(take(follower, 1)).isEqualTo(numbered(n, new Delta("x")));
      }
    }
  }

  @Test
  void aTurnThatNobodyElseWatchesCostsNextToNothing() {
    JournalInstance one = ALL.instance(NEVER);
    TurnId turn = one.opened();
    one.append(turn, new Delta("x"));
    one.journal().settle(turn);
    long before = commands();

    for (int n = 0; n < 1_000; n++) {
      one.append(turn, new Delta("x"));
    }
    one.append(turn, new Stopped(1_001, true));

    // Two batches, of which each is one call; what a script does counts here as well.
    assertThat(commands() - before).isBetween(2L, 30L);
    assertThat(ALL.count(it -> it.xlen(JournalInstances.key(turn, "events")))).isEqualTo(2);
  }

  /** All that Redis has done, in scripts and otherwise. */
  private static long commands() {
    String stats = ALL.redis().asked(it -> it.info("commandstats"));
    return Pattern.compile("cmdstat_(?!info|hello|client)[^:]+:calls=(\\d+)")
        .matcher(stats)
        .results()
        .mapToLong(it -> Long.parseLong(it.group(1)))
        .sum();
  }

  @Test
  void theFirstEventGoesAtOnce() throws Exception {
    JournalInstance one = ALL.instance(NEVER);
    JournalInstance other = ALL.instance(NEVER);
    TurnId turn = one.opened();
    try (Following follower = other.follow(turn, 0)) {
      one.append(turn, new Delta("x"));
      assertThat(take(follower, 1)).hasSize(1);
    }
  }

  @Test
  void knowsWhetherOthersFollow() throws Exception {
    JournalInstance one = ALL.instance(NEVER);
    JournalInstance other = ALL.instance(NEVER);
    TurnId turn = one.opened();
    assertThat(one.journal().followedElsewhere(turn)).isFalse();

    try (Following _ = one.follow(turn, 0)) {
      assertThat(one.journal().followedElsewhere(turn)).isFalse();
    }
    Following first = other.follow(turn, 0);
    Following second = other.follow(turn, 0);
    assertThat(one.journal().followedElsewhere(turn)).isTrue();
    assertThat(other.journal().mirrored()).isEqualTo(1);
    first.close();
    first.close();
    assertThat(one.journal().followedElsewhere(turn)).isTrue();
    second.close();

    await(() -> !one.journal().followedElsewhere(turn));
    assertThat(other.journal().mirrored()).isZero();
    assertThat(ALL.count(it -> it.exists(JournalInstances.key(turn, "watchers")))).isZero();
  }

  @Test
  void whoWatchedAndCrashedDoesNotCountForLong() {
    JournalInstance one = ALL.instance(NEVER);
    TurnId turn = one.opened();
    double now = Double.parseDouble(ALL.redis().asked(it -> it.time()).getFirst()) * 1_000;

    ALL.redis()
        .asked(it -> it.zadd(JournalInstances.key(turn, "watchers"), now - 1_000, "crashed/1"));
    assertThat(one.journal().followedElsewhere(turn)).isFalse();
    ALL.redis()
        .asked(it -> it.zadd(JournalInstances.key(turn, "watchers"), now + 60_000, "there/1"));
    assertThat(one.journal().followedElsewhere(turn)).isTrue();
  }

  @Test
  void whoReadsAnEndedTurnWatchesNothing() throws Exception {
    JournalInstance one = ALL.instance(NEVER);
    JournalInstance other = ALL.instance(NEVER);
    TurnId turn = one.opened();
    one.append(turn, new Stopped(0, true));

    try (Following _ = other.follow(turn, 0)) {
      assertThat(one.journal().followedElsewhere(turn)).isFalse();
    }
  }

  @Test
  void anEndingEndsTheWatch() throws Exception {
    JournalInstance one = ALL.instance(NEVER);
    JournalInstance other = ALL.instance(NEVER);
    TurnId turn = one.opened();
    try (Following follower = other.follow(turn, 0)) {
      one.append(turn, new Stopped(0, true));
      assertThat(rest(follower)).hasSize(1);

      await(() -> ALL.redis().asked(it -> it.exists(JournalInstances.key(turn, "watchers"))) == 0);
    }
  }

  @Test
  void mirrorsNoMoreThanThereIsRoomFor() {
    JournalInstance one = ALL.instance(NEVER);
    JournalInstance other = ALL.instance(NEVER, 100, 3);
    List<TurnId> turns = Stream.generate(() -> one.opened()).limit(4).toList();
    List<Following> followings =
        turns.stream().limit(3).map(turn -> other.follow(turn, 0)).toList();

    assertThatExceptionOfType(ChatException.class)
        .isThrownBy(() -> other.follow(turns.get(3), 0))
        .satisfies(e -> assertThat(e.failure()).isInstanceOf(Failure.TooBusy.class));
    other.follow(turns.getFirst(), 0).close();
    followings.getFirst().close();

    other.follow(turns.get(3), 0).close();
    assertThat(other.journal().mirrored()).isEqualTo(2);
  }
}
