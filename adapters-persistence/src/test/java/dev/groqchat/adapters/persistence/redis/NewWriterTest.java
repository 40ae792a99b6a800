package dev.groqchat.adapters.persistence.redis;

import static dev.groqchat.adapters.persistence.redis.JournalInstance.NEVER;
import static dev.groqchat.adapters.persistence.redis.JournalInstance.numbered;
import static dev.groqchat.adapters.persistence.redis.JournalInstance.rest;
import static dev.groqchat.adapters.persistence.redis.JournalInstance.take;
import static dev.groqchat.adapters.persistence.redis.JournalInstance.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.groqchat.application.fixtures.Background;
import dev.groqchat.application.port.Following;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.turn.NumberedEvent;
import dev.groqchat.domain.turn.TurnEvent.Delta;
import dev.groqchat.domain.turn.TurnEvent.Failed;
import dev.groqchat.domain.turn.TurnEvent.Gap;
import dev.groqchat.domain.turn.TurnEvent.Stopped;
import dev.groqchat.domain.turn.TurnId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One instance goes on with, or ends, what another one wrote. */
@Timeout(60)
class NewWriterTest {
  @RegisterExtension static final JournalInstances ALL = new JournalInstances();

  private static final Failed LOST = new Failed(new Failure.InstanceLost());

  @Test
  void whoWasReplacedWritesNoMoreAndItsFollowersSeeTheOthersEnding() throws Exception {
    JournalInstance frozen = ALL.instance(NEVER);
    JournalInstance heir = ALL.instance(NEVER);
    JournalInstance third = ALL.instance(NEVER);
    TurnId turn = frozen.opened();
    frozen.append(turn, new Delta("a"), new Delta("b"), new Delta("c"));
    frozen.journal().settle(turn);
    frozen.append(turn, new Delta("never written"), new Delta("nor this"));
    try (Following ahead = frozen.follow(turn, 0);
        Following behind = frozen.follow(turn, 2);
        Following elsewhere = third.follow(turn, 0);
        Following aheadElsewhere = third.follow(turn, 5)) {
      assertThat(take(ahead, 5)).hasSize(5);

      assertThat(heir.append(turn, LOST)).isEqualTo(4);

      frozen.journal().settle(turn);
      assertThatIllegalStateException().isThrownBy(() -> frozen.append(turn, new Delta("x")));
      assertThatIllegalStateException().isThrownBy(() -> frozen.append(turn, new Stopped(5, true)));
      NumberedEvent gap = new NumberedEvent(3, new Gap("abc"));
      NumberedEvent ending = new NumberedEvent(4, LOST);
      assertThat(rest(ahead)).containsExactly(gap, ending);
      assertThat(rest(behind)).containsExactly(new NumberedEvent(3, new Delta("c")), ending);
      assertThat(rest(aheadElsewhere)).containsExactly(gap, ending);
      assertThat(rest(elsewhere))
          .isEqualTo(numbered(1, new Delta("a"), new Delta("b"), new Delta("c"), LOST));
    }
    assertThat(third.rest(turn, 5)).hasSize(2);
    assertThat(third.rest(turn, 3)).containsExactly(new NumberedEvent(4, LOST));
    assertThat(heir.rest(turn, 5)).isEqualTo(third.rest(turn, 5));
  }

  @Test
  void whoWasReplacedIsToldThoughItHasNothingToWrite() throws Exception {
    JournalInstance silent = ALL.instance(NEVER);
    JournalInstance heir = ALL.instance(NEVER);
    TurnId turn = silent.opened();
    silent.append(turn, new Delta("a"));
    silent.journal().settle(turn);
    try (Following follower = silent.follow(turn, 0)) {
      heir.append(turn, LOST);

      assertThat(rest(follower))
          .containsExactly(new NumberedEvent(1, new Delta("a")), new NumberedEvent(2, LOST));
    }
  }

  @Test
  void whoseEndingComesSecondShowsItToNobody() throws Exception {
    JournalInstance frozen = ALL.instance(NEVER);
    JournalInstance heir = ALL.instance(NEVER);
    TurnId turn = frozen.opened();
    try (Following follower = frozen.follow(turn, 0)) {
      heir.append(turn, LOST);

      assertThatIllegalStateException()
          .isThrownBy(() -> frozen.append(turn, new Delta("late"), new Stopped(4, true)));

      assertThat(rest(follower)).containsExactly(new NumberedEvent(1, LOST));
    }
  }

  @Test
  void onlyOneOfManyEndsATurn() throws Exception {
    JournalInstance gone = ALL.instance(NEVER);
    TurnId turn = gone.opened();
    gone.append(turn, new Delta("a"));
    gone.crash();
    List<JournalInstance> heirs = Stream.generate(() -> ALL.instance(NEVER)).limit(4).toList();

    List<Background<Long>> attempts =
        heirs.stream().map(heir -> Background.run(() -> heir.append(turn, LOST))).toList();

    int ended = 0;
    for (Background<Long> attempt : attempts) {
      try {
        ended += attempt.result() > 0 ? 1 : 0;
      } catch (IllegalStateException _) {
        ended += 0; // Somebody else was quicker.
      }
    }
    assertThat(ended).isEqualTo(1);
    for (JournalInstance heir : heirs) {
      assertThat(heir.rest(turn, 0)).filteredOn(NumberedEvent::ending).hasSize(1);
    }
  }

  @Test
  void whatACrashTookIsAGapForWhoHadReadIt() throws Exception {
    JournalInstance crashing = ALL.instance(NEVER);
    JournalInstance heir = ALL.instance(NEVER);
    TurnId turn = crashing.opened();
    crashing.append(turn, new Delta("kept "));
    crashing.journal().settle(turn);
    crashing.append(turn, new Delta("lost "), new Delta("lost too"));
    try (Following moved = heir.follow(turn, 3);
        Background<List<NumberedEvent>> reading =
            Background.run(() -> moved.next(JournalInstance.LONG))) {
      crashing.crash();
      assertThat(heir.append(turn, new Delta("and on"))).isEqualTo(2);
      heir.journal().settle(turn);

      List<NumberedEvent> seen = new ArrayList<>(reading.result());
      heir.append(turn, new Stopped(11, true));
      seen.addAll(rest(moved));

      assertThat(seen.getFirst()).isEqualTo(new NumberedEvent(1, new Gap("kept ")));
      assertThat(text(seen)).isEqualTo("kept and on");
      assertThat(seen.getLast()).isEqualTo(new NumberedEvent(3, new Stopped(11, true)));
    }
  }
}
