package dev.groqchat.adapters.persistence.redis;

import static dev.groqchat.adapters.persistence.redis.JournalInstance.NEVER;
import static dev.groqchat.adapters.persistence.redis.JournalInstance.numbered;
import static dev.groqchat.adapters.persistence.redis.JournalInstance.rest;
import static dev.groqchat.adapters.persistence.redis.JournalInstance.take;
import static dev.groqchat.adapters.persistence.redis.JournalInstance.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.application.fixtures.Background;
import dev.groqchat.application.port.Following;
import dev.groqchat.application.port.out.TurnJournal.Progress;
import dev.groqchat.domain.turn.TurnEvent.Delta;
import dev.groqchat.domain.turn.TurnEvent.Reasoning;
import dev.groqchat.domain.turn.TurnEvent.Stopped;
import dev.groqchat.domain.turn.TurnId;
import io.lettuce.core.KillArgs;
import io.lettuce.core.cluster.SlotHash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How a journal that one instance writes comes to the others. */
@Timeout(60)
class FollowedElsewhereTest {
  @RegisterExtension static final JournalInstances ALL = new JournalInstances();

  @Test
  void aCursorIsGoodOnEveryInstance() throws Exception {
    JournalInstance one = ALL.instance(NEVER);
    JournalInstance other = ALL.instance(NEVER);
    TurnId turn = one.opened();
    one.append(turn, new Delta("a"), new Delta("b"), new Delta("c"));
    one.journal().settle(turn);

    try (Following moved = other.follow(turn, 2)) {
      assertThat(moved.next(Duration.ZERO)).isEqualTo(numbered(3, new Delta("c")));
      one.append(turn, new Stopped(3, true));
      assertThat(rest(moved)).isEqualTo(numbered(4, new Stopped(3, true)));
    }
    assertThat(one.rest(turn, 3)).isEqualTo(other.rest(turn, 3));
  }

  @Test
  void whatIsNewIsPushed() throws Exception {
    JournalInstance one = ALL.instance(NEVER);
    JournalInstance other = ALL.instance(NEVER);
    TurnId turn = one.opened();
    try (Following follower = other.follow(turn, 0)) {
      for (int n = 1; n <= 20; n++) {
        one.append(turn, new Delta("x"));
        one.journal().settle(turn);
        assertThat(follower.next(JournalInstance.LONG)).isEqualTo(numbered(n, new Delta("x")));
      }
    }
  }

  @Test
  void whatWasMissedWhileTheChannelWasBrokenIsReadAfterwards() throws Exception {
    JournalInstance one = ALL.instance(NEVER);
    JournalInstance other = ALL.instance(NEVER);
    TurnId turn = one.opened();
    try (Following follower = other.follow(turn, 0)) {
      one.append(turn, new Delta("a"));
      one.journal().settle(turn);
      assertThat(take(follower, 1)).hasSize(1);

      ALL.redis().asked(it -> it.clientKill(KillArgs.Builder.typePubsub()));
      one.append(turn, new Delta("b"));
      one.journal().settle(turn);

      assertThat(take(follower, 1)).isEqualTo(numbered(2, new Delta("b")));
    }
  }

  @Test
  void readsByItselfWhatNobodyHasToldItOf() throws Exception {
    JournalInstance one = ALL.instance(NEVER);
    JournalInstance other =
        ALL.instance(
            new JournalPace(
                Duration.ofMillis(1),
                Duration.ofMillis(1),
                Duration.ofMillis(1),
                Duration.ofMillis(20)));
    TurnId turn = one.opened();
    try (Following follower = other.follow(turn, 0)) {
      ALL.redis().asked(it -> it.del(JournalInstances.key(turn, "watchers")));
      one.append(turn, new Delta("a"));
      one.journal().settle(turn);

      assertThat(take(follower, 1)).hasSize(1);
      assertThat(one.journal().followedElsewhere(turn)).isTrue();
    }
  }

  @Test
  void theEndingIsInRedisWhenItsAppendReturns() throws Exception {
    JournalInstance one = ALL.instance(NEVER);
    JournalInstance other = ALL.instance(NEVER);
    TurnId turn = one.opened();
    one.append(turn, new Delta("a"));
    one.append(turn, new Reasoning("b"));
    one.append(turn, new Stopped(1, true));

    try (Following late = other.follow(turn, 0)) {
      assertThat(late.next(Duration.ZERO))
          .isEqualTo(numbered(1, new Delta("a"), new Reasoning("b"), new Stopped(1, true)));
    }
  }

  @Test
  void closingWritesWhatThereIs() throws Exception {
    JournalInstance one = ALL.instance(NEVER);
    JournalInstance other = ALL.instance(NEVER);
    TurnId turn = one.opened();
    one.append(turn, new Delta("a"));
    one.append(turn, new Delta("b"));

    one.close();

    assertThat(other.journal().progress(turn)).contains(new Progress("ab", "", 2));
  }

  @Test
  void isKeptLongWhileItGoesOnAndForItsRetentionAfterTheEnding() {
    JournalInstance one = ALL.instance(NEVER);
    TurnId turn = one.opened();
    one.append(turn, new Delta("a"));
    one.journal().settle(turn);
    for (String key :
        List.of(JournalInstances.key(turn, "journal"), JournalInstances.key(turn, "events"))) {
      assertThat(ALL.count(it -> it.pttl(key))).isGreaterThan(JournalInstance.RETENTION.toMillis());
    }

    one.append(turn, new Stopped(1, true));

    for (String key :
        List.of(JournalInstances.key(turn, "journal"), JournalInstances.key(turn, "events"))) {
      assertThat(ALL.count(it -> it.pttl(key)))
          .isPositive()
          .isLessThanOrEqualTo(JournalInstance.RETENTION.toMillis());
    }
  }

  @Test
  void itsKeysAreOfOneSlot() throws Exception {
    JournalInstance one = ALL.instance(NEVER);
    JournalInstance other = ALL.instance(NEVER);
    TurnId turn = one.opened();
    one.append(turn, new Delta("a"));
    one.journal().settle(turn);
    try (Following _ = other.follow(turn, 0)) {
      List<String> keys = ALL.redis().asked(it -> it.keys("*"));
      assertThat(keys).hasSize(3);
      assertThat(keys.stream().map(SlotHash::getSlot).distinct()).hasSize(1);
    }
  }

  /** Half of them are written on either, and all are followed on both. */
  @Test
  void twoHundredTurnsAreTheSameOnBothInstances() throws Exception {
    List<JournalInstance> both =
        List.of(ALL.instance(JournalInstances.QUICK), ALL.instance(JournalInstances.QUICK));
    List<Background<String>> readers = new ArrayList<>();
    List<Background<String>> writers = new ArrayList<>();
    for (int n = 0; n < 200; n++) {
      JournalInstance writer = both.get(n % 2);
      TurnId turn = writer.opened();
      long seed = n;
      for (JournalInstance reader : both) {
        Following follower = reader.follow(turn, 0);
        readers.add(Background.run(() -> text(rest(follower))));
      }
      writers.add(Background.run(() -> writeAtRandom(writer, turn, new Random(seed))));
    }

    for (int n = 0; n < 200; n++) {
      String written = writers.get(n).result();
      assertThat(written).isNotEmpty();
      assertThat(readers.get(2 * n).result()).isEqualTo(written);
      assertThat(readers.get(2 * n + 1).result()).isEqualTo(written);
    }
  }

  private static String writeAtRandom(JournalInstance writer, TurnId turn, Random random) {
    StringBuilder all = new StringBuilder();
    int events = 20 + random.nextInt(200);
    for (int n = 0; n < events; n++) {
      String piece = new String(Character.toChars(32 + random.nextInt(0xd000))) + "🚀\n";
      writer.append(turn, new Delta(piece));
      all.append(piece);
      Thread.onSpinWait();
    }
    writer.append(turn, new Stopped(all.length(), true));
    return all.toString();
  }
}
