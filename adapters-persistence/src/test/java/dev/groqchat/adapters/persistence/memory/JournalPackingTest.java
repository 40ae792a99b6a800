package dev.groqchat.adapters.persistence.memory;

import static dev.groqchat.application.fixtures.Fixtures.MODEL;
import static dev.groqchat.application.fixtures.Fixtures.NOW;
import static dev.groqchat.application.fixtures.Fixtures.aTurnId;
import static dev.groqchat.application.fixtures.Fixtures.finishedEvent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.application.port.out.TurnJournal.Progress;
import dev.groqchat.domain.conversation.ConversationId;
import dev.groqchat.domain.turn.NumberedEvent;
import dev.groqchat.domain.turn.TurnEvent;
import dev.groqchat.domain.turn.TurnEvent.Delta;
import dev.groqchat.domain.turn.TurnEvent.Queued;
import dev.groqchat.domain.turn.TurnEvent.Reasoning;
import dev.groqchat.domain.turn.TurnEvent.Started;
import dev.groqchat.domain.turn.TurnEvent.Stopped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Nobody sees of a journal that has ended that it is kept in another way, except by its size. */
class JournalPackingTest {
  private final Journal journal = new Journal(aTurnId(), 1_000, new AtomicLong());

  @RepeatedTest(300)
  void whoFollowsAPackedJournalGetsWhatItHeldBefore(RepetitionInfo info) {
    Random random = new Random(info.getCurrentRepetition());
    int most = 1 + random.nextInt(random.nextBoolean() ? 10 : 1_000);
    Kept packed = new Kept(most);
    Kept live = new Kept(most);
    for (int step = random.nextInt(400); step > 0; step--) {
      change(random, packed, live);
    }
    add(finishedEvent("!"), packed, live);

    packed.content.pack();

    assertThat(packed.content.last()).isEqualTo(live.content.last());
    assertThat(packed.content.progress()).isEqualTo(live.content.progress());
    for (long after = 0; after <= live.content.last(); after++) {
      assertThat(packed.backlog(after)).isEqualTo(live.backlog(after));
      assertThat(packed.rest(packed.place(after))).isEqualTo(live.rest(live.place(after)));
    }
    for (int n = 0; n < live.followers.size(); n++) {
      assertThat(packed.rest(packed.followers.get(n))).isEqualTo(live.rest(live.followers.get(n)));
    }
    assertThat(packed.bytes.get()).isBetween(Footprint.JOURNAL, live.bytes.get());
    packed.content.clear();
    assertThat(packed.bytes.get()).isZero();
  }

  /** Does the same to both. */
  private void change(Random random, Kept packed, Kept live) {
    long last = packed.content.last();
    int choice = random.nextInt(100);
    if (choice == 0) {
      Progress progress = new Progress(piece(random), piece(random), last + random.nextInt(9));
      packed.content.skipTo(progress);
      live.content.skipTo(progress);
    } else if (choice == 1 && packed.content.canCut(last - 2)) {
      packed.content.cut(last - 2);
      live.content.cut(last - 2);
    } else if (choice < 10) {
      long after = random.nextLong(last + 3);
      packed.followers.add(packed.place(after));
      live.followers.add(live.place(after));
    } else if (choice < 20 && !live.followers.isEmpty()) {
      int reader = random.nextInt(live.followers.size());
      assertThat(packed.content.next(packed.followers.get(reader)))
          .isEqualTo(live.content.next(live.followers.get(reader)));
    } else {
      add(event(random), packed, live);
    }
  }

  private static void add(TurnEvent event, Kept packed, Kept live) {
    packed.content.add(event);
    live.content.add(event);
  }

  private static TurnEvent event(Random random) {
    return switch (random.nextInt(20)) {
      case 0 -> new Queued(1 + random.nextInt(9), Duration.ofMillis(random.nextInt(999)));
      case 1 -> new Started(aTurnId(), new ConversationId("c"), MODEL, null);
      case 2, 3, 4, 5 -> new Reasoning(piece(random));
      default -> new Delta(piece(random));
    };
  }

  /** Any string: empty, with halves of characters, with zeros. */
  private static String piece(Random random) {
    StringBuilder piece = new StringBuilder();
    String chars = random.nextBoolean() ? "ab\u0000 \u00ff" : "a\ud83d\ude80\u20ac";
    for (int left = random.nextInt(6); left > 0; left--) {
      piece.append(chars.charAt(random.nextInt(chars.length())));
    }
    return piece.toString();
  }

  @Test
  void piecesAreMadeAgainAndTheRestIsKept() throws Exception {
    List<TurnEvent> said =
        List.of(
            new Queued(1, Duration.ZERO),
            new Reasoning("Hm"),
            new Delta("\ud83d"),
            new Delta("\ude80"),
            new Stopped(1, true));

    journal.append(said, NOW);

    List<TurnEvent> given =
        journal.follow(0).next(Duration.ZERO).stream().map(NumberedEvent::event).toList();
    assertThat(given).isEqualTo(said);
    assertThat(given.get(0)).isSameAs(said.get(0));
    assertThat(given.get(1)).isNotSameAs(said.get(1));
    assertThat(given.get(2)).isNotSameAs(said.get(2));
    assertThat(given.get(4)).isSameAs(said.get(4));
  }

  @Test
  void aTokenTakesItsTextAndTwoNumbers() {
    Kept kept = new Kept(1_000);
    Stopped ending = new Stopped(2_000, true);
    Stream.generate(() -> new Delta("word")).limit(500).forEach(kept.content::add);
    kept.content.add(ending);
    assertThat(kept.bytes.get())
        .isEqualTo(Footprint.JOURNAL + 500 * (100 + 8 + 8) + Footprint.of(ending));

    kept.content.pack();

    assertThat(kept.bytes.get())
        .isEqualTo(Footprint.JOURNAL + 500 * (8 + 8) + Footprint.of(ending));
  }

  @Test
  void whatAddsNothingIsNotPackedAndSavesNothing() {
    Kept kept = new Kept(1_000);
    kept.content.add(new Delta(""));
    kept.content.add(new Reasoning(""));
    kept.content.add(new Stopped(0, true));
    long before = kept.bytes.get();

    kept.content.pack();

    assertThat(kept.bytes.get()).isEqualTo(before);
  }

  /** What a journal keeps, and who reads it. */
  private final class Kept {
    final AtomicLong bytes = new AtomicLong();
    final JournalContent content;
    final List<JournalFollowing> followers = new ArrayList<>();

    Kept(int most) {
      content = new JournalContent(most, bytes);
    }

    JournalFollowing place(long after) {
      return new JournalFollowing(journal, after);
    }

    Journal.Backlog backlog(long after) {
      return content.backlog(after, after / 2, 1 + (int) (after % 7));
    }

    List<NumberedEvent> rest(JournalFollowing place) {
      List<NumberedEvent> rest = new ArrayList<>();
      while (content.hasNews(place)) {
        rest.addAll(content.next(place));
      }
      return rest;
    }
  }
}
