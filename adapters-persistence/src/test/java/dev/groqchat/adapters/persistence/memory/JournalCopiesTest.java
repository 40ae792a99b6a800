package dev.groqchat.adapters.persistence.memory;

import static dev.groqchat.application.fixtures.Fixtures.NOW;
import static dev.groqchat.application.fixtures.Fixtures.aTurnId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.application.port.Following;
import dev.groqchat.application.port.out.TurnJournal.Progress;
import dev.groqchat.domain.turn.NumberedEvent;
import dev.groqchat.domain.turn.TurnEvent;
import dev.groqchat.domain.turn.TurnEvent.Delta;
import dev.groqchat.domain.turn.TurnEvent.Gap;
import dev.groqchat.domain.turn.TurnEvent.Reasoning;
import dev.groqchat.domain.turn.TurnEvent.Stopped;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a journal offers to those who keep it elsewhere, too. */
class JournalCopiesTest {
  private final AtomicLong bytes = new AtomicLong();
  private final Journal journal = new Journal(aTurnId(), 4, bytes);

  private void append(TurnEvent... events) {
    journal.append(List.of(events), NOW);
  }

  private static List<NumberedEvent> next(Following follower) throws InterruptedException {
    return follower.next(Duration.ZERO);
  }

  @Test
  void givesWhatACopyLacks() {
    append(new Delta("a"), new Delta("b"), new Delta("c"));

    Journal.Backlog backlog = journal.backlog(1, 0, 1);

    assertThat(backlog.before()).isNull();
    assertThat(backlog.events()).containsExactly(new NumberedEvent(2, new Delta("b")));
    assertThat(backlog.last()).isEqualTo(3);
    assertThat(journal.backlog(3, 0, 1).events()).isEmpty();
    assertThat(journal.backlog(9, 0, 1).events()).isEmpty();
  }

  @Test
  void saysWhatWasSaidBeforeWhatIsKept() {
    append(new Delta("a"), new Reasoning("r"), new Delta("b"));
    append(new Delta("c"), new Delta("d"), new Delta("e"));

    Journal.Backlog backlog = journal.backlog(1, 0, 10);

    assertThat(backlog.before()).isEqualTo(new Progress("a", "r", 2));
    assertThat(backlog.events().getFirst()).isEqualTo(new NumberedEvent(3, new Delta("b")));
    assertThat(journal.backlog(2, 0, 10).before()).isNull();
  }

  @Test
  void aCopyIsTrimmedEveryHalfAsManyEvents() {
    for (int n = 0; n < 7; n++) {
      append(new Delta("" + n));
    }

    assertThat(journal.backlog(6, 1, 10).before()).isNull();
    assertThat(journal.backlog(6, 0, 10).before()).isEqualTo(new Progress("012", "", 3));
  }

  @Test
  void whoIsBehindWhatIsSkippedGetsAGap() throws Exception {
    Following behind = journal.follow(0);
    Following there = journal.follow(7);
    append(new Delta("lost"));

    journal.skipTo(new Progress("all", "thought", 7));

    assertThat(journal.progress()).isEqualTo(new Progress("all", "thought", 7));
    assertThat(next(behind)).containsExactly(new NumberedEvent(7, new Gap("all")));
    assertThat(next(there)).isEmpty();
    append(new Delta("!"));
    assertThat(next(behind)).containsExactly(new NumberedEvent(8, new Delta("!")));
    assertThat(next(there)).containsExactly(new NumberedEvent(8, new Delta("!")));
    assertThat(bytes.get())
        .isEqualTo(
            Footprint.JOURNAL + Footprint.text("allthought") + Footprint.of(new Delta("!")) + 2);
  }

  @Test
  void whoHasReadWhatIsTakenBackGetsAGap() throws Exception {
    append(new Delta("a"), new Reasoning("r"));
    long before = bytes.get();
    append(new Delta("void"));
    Following ahead = journal.follow(0);
    Following behind = journal.follow(1);
    Following far = journal.follow(9);
    assertThat(next(ahead)).hasSize(3);

    journal.cut(2);

    assertThat(bytes.get()).isEqualTo(before);
    assertThat(journal.progress()).isEqualTo(new Progress("a", "r", 2));
    assertThat(next(ahead)).containsExactly(new NumberedEvent(2, new Gap("a")));
    append(new Delta("b"), new Stopped(2, true));
    assertThat(next(ahead)).extracting(NumberedEvent::seq).containsExactly(3L, 4L);
    assertThat(next(behind)).extracting(NumberedEvent::seq).containsExactly(2L, 3L, 4L);
    assertThat(far.ended()).isFalse();
    assertThat(next(far)).extracting(NumberedEvent::seq).containsExactly(2L, 3L, 4L);
    assertThat(far.ended()).isTrue();
    assertThat(ahead.ended()).isTrue();
  }

  @Test
  void ofSeveralCutsTheLatestIsTheGap() throws Exception {
    append(new Delta("a"), new Delta("void"));
    Following ahead = journal.follow(2);
    journal.cut(1);
    append(new Delta("b"), new Delta("void too"));
    Following between = journal.follow(0);
    assertThat(next(between)).hasSize(3);

    journal.cut(2);

    assertThat(next(ahead)).containsExactly(new NumberedEvent(2, new Gap("ab")));
    assertThat(next(between)).containsExactly(new NumberedEvent(2, new Gap("ab")));
    assertThat(next(journal.follow(1))).containsExactly(new NumberedEvent(2, new Delta("b")));
  }

  @Test
  void aCutBehindWhatIsStillKeptIsAnOrdinaryGap() throws Exception {
    append(new Delta("a"), new Delta("void"));
    Following ahead = journal.follow(2);
    journal.cut(1);
    append(new Delta("b"), new Delta("c"), new Delta("d"), new Delta("e"), new Delta("f"));

    List<NumberedEvent> events = next(ahead);

    assertThat(events.getFirst()).isEqualTo(new NumberedEvent(2, new Gap("ab")));
    assertThat(events).hasSize(5);
  }

  @Test
  void whatCannotBeTakenBackIsForgotten() {
    append(new Delta("a"), new Delta("b"), new Delta("c"), new Delta("d"), new Delta("e"));
    Following follower = journal.follow(0);

    journal.cut(0);

    assertThat(journal.isForgotten()).isTrue();
    assertThat(follower.ended()).isTrue();
    assertThat(bytes.get()).isZero();
  }

  @Test
  void anEndingIsNotTakenBack() {
    append(new Stopped(0, true));

    journal.cut(0);

    assertThat(journal.isForgotten()).isTrue();
  }
}
