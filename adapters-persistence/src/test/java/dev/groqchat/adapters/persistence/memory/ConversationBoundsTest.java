package dev.groqchat.adapters.persistence.memory;

import static dev.groqchat.application.fixtures.Fixtures.NOW;
import static dev.groqchat.application.fixtures.Fixtures.anOwner;
import static dev.groqchat.application.fixtures.Fixtures.conversation;
import static dev.groqchat.application.fixtures.Fixtures.finished;
import static dev.groqchat.application.fixtures.Fixtures.key;
import static dev.groqchat.application.fixtures.TurnBuilder.turn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.groqchat.application.fixtures.Background;
import dev.groqchat.application.fixtures.FakeClock;
import dev.groqchat.domain.conversation.Conversation;
import dev.groqchat.domain.conversation.ConversationKey;
import dev.groqchat.domain.conversation.Owner;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.turn.Turn;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How old and how much conversations may become. */
class ConversationBoundsTest {
  private static final Duration TICK = Duration.ofMillis(1);

  /** What a conversation without a text takes, and a turn with the fixtures' question. */
  private static final long EMPTY =
      Footprint.of(conversation(key(new Owner("owner"), "conversation")));

  private final FakeClock clock = new FakeClock();
  private final Owner owner = anOwner();

  @Test
  void whatWasNotUsedForLongerThanTheTtlIsGone() {
    MemoryStores stores = new MemoryStores(Limits.WIDE, clock);
    ConversationKey key = begun(stores, "old");
    Turn turn = spoken(stores, key);

    clock.pass(Limits.TTL);
    assertThat(listed(stores)).containsExactly("old");
    clock.pass(TICK);

    assertThat(listed(stores)).isEmpty();
    assertThat(stores.conversations().find(key)).isEmpty();
    assertThat(stores.turns().find(owner, turn.id())).isEmpty();
    assertThat(stores.turns().before(key, null, 10)).isEmpty();
    assertThatThrownBy(() -> stores.turns().add(turn(key).queued()))
        .isInstanceOf(ChatException.class);
  }

  @Test
  void everyWayToUseAConversationKeepsIt() {
    MemoryStores stores = new MemoryStores(Limits.WIDE, clock);
    ConversationKey key = begun(stores, "kept");
    Turn turn = spoken(stores, key);
    Conversation conversation = stores.conversations().find(key).orElseThrow();
    List<Runnable> uses =
        List.of(
            () -> stores.conversations().find(key),
            () -> stores.conversations().edit(key, it -> it),
            () -> stores.conversations().create(conversation),
            () -> stores.turns().find(owner, turn.id()),
            () -> stores.turns().before(key, null, 1),
            () -> stores.turns().before(key, turn.id(), 1),
            () -> spoken(stores, key));

    for (Runnable use : uses) {
      clock.pass(Limits.TTL);
      use.run();
    }
    clock.pass(Limits.TTL);

    assertThat(stores.conversations().find(key)).isPresent();
  }

  @Test
  void beingListedOrAskedForByAnotherIsNoUse() {
    MemoryStores stores = new MemoryStores(Limits.WIDE, clock);
    ConversationKey key = begun(stores, "old");
    Turn turn = spoken(stores, key);
    clock.pass(Limits.TTL);

    listed(stores);
    stores.turns().find(anOwner(), turn.id());
    clock.pass(TICK);

    assertThat(stores.conversations().find(key)).isEmpty();
  }

  @Test
  void whatHasATurnUnderWayIsNeverTooOld() {
    MemoryStores stores = new MemoryStores(Limits.WIDE, clock);
    ConversationKey key = begun(stores, "busy");
    Turn turn = turn(key).queued();
    stores.turns().add(turn);

    clock.pass(Limits.TTL.multipliedBy(2));

    assertThat(listed(stores)).containsExactly("busy");
    assertThat(stores.turns().find(owner, turn.id())).contains(turn);
    clock.pass(Limits.TTL.multipliedBy(2));
    stores.turns().update(turn.ended(finished("at last")));
    clock.pass(Limits.TTL);
    assertThat(listed(stores)).containsExactly("busy");
  }

  @Test
  void theKeyOfWhatIsTooOldCanBeTaken() {
    MemoryStores stores = new MemoryStores(Limits.WIDE, clock);
    ConversationKey key = begun(stores, "again");
    spoken(stores, key);
    clock.pass(Limits.TTL.plus(TICK));

    assertThat(stores.conversations().create(conversation(key))).isTrue();

    assertThat(stores.turns().before(key, null, 10)).isEmpty();
    assertThat(listed(stores)).containsExactly("again");
  }

  @Test
  void writingSweepsOutWhatIsTooOld() {
    ConversationSpace space = new ConversationSpace(Long.MAX_VALUE, Limits.TTL, clock);
    for (int n = 0; n < 100; n++) {
      space.create(conversation(key(owner, "old" + n)));
      space.add(turn(key(owner, "old" + n)).ended(finished("a")));
    }
    clock.pass(Limits.TTL.plus(TICK));
    ConversationKey recent = key(owner, "recent");

    space.create(conversation(recent));

    assertThat(space.bytes()).isEqualTo(Footprint.of(conversation(recent)));
  }

  @Test
  void whatFitsExactlyIsKept() {
    MemoryStores stores = new MemoryStores(Limits.conversationBytes(3 * EMPTY), clock);

    begun(stores, "a");
    begun(stores, "b");
    begun(stores, "c");

    assertThat(listed(stores)).containsExactly("c", "b", "a");
  }

  @Test
  void theLeastRecentlyUsedMakesRoom() {
    MemoryStores stores = new MemoryStores(Limits.conversationBytes(3 * EMPTY), clock);
    ConversationKey a = begun(stores, "a");
    begun(stores, "b");
    ConversationKey c = begun(stores, "c");
    stores.conversations().find(c);
    stores.conversations().find(a);

    begun(stores, "d");
    assertThat(listed(stores)).containsExactly("d", "c", "a");
    begun(stores, "e");
    assertThat(listed(stores)).containsExactly("e", "d", "a");
  }

  @Test
  void textsCountWhicheverWayTheyCome() {
    long room = 2 * EMPTY + 10_000;
    String text = "x".repeat(4_000);
    List<BiConsumer<MemoryStores, ConversationKey>> ways =
        List.of(
            (stores, key) ->
                stores.conversations().edit(key, it -> it.instructed(text.repeat(2), NOW)),
            (stores, key) ->
                stores.turns().add(turn(key).asking(text.repeat(2)).ended(finished("a"))),
            (stores, key) -> {
              Turn turn = turn(key).asking(text).queued();
              stores.turns().add(turn);
              stores.turns().update(turn.ended(finished(text)));
            });

    ways.forEach(way -> {
      MemoryStores stores = new MemoryStores(Limits.conversationBytes(room), clock);
      begun(stores, "old");
      ConversationKey recent = begun(stores, "recent");
      assertThat(listed(stores)).hasSize(2);
      way.accept(stores, recent);
      assertThat(listed(stores)).isSubsetOf("recent");
    });
  }

  @Test
  void whatHasATurnUnderWayMakesNoRoom() throws Exception {
    MemoryStores stores = new MemoryStores(Limits.conversationBytes(1), clock);
    MemoryStores wide = new MemoryStores(Limits.conversationBytes(4 * EMPTY), clock);
    ConversationKey busy = begun(wide, "busy");
    Turn first = turn(busy).queued();
    Turn second = turn(busy).queued();
    wide.turns().add(first);
    wide.turns().add(second);
    try (Background<Boolean> waiting =
        Background.run(() -> {
          wide.turns().awaitHead(busy, second.id(), _ -> {});
          return true;
        })) {
      IntStream.range(0, 10).forEach(n -> begun(wide, "other" + n));
      assertThat(listed(wide)).contains("busy").hasSizeLessThan(4);

      wide.turns().update(first.ended(finished("a")));

      assertThat(waiting.result()).isTrue();
    }
    assertThat(begun(stores, "too big")).isNotNull();
    assertThat(listed(stores)).isEmpty();
  }

  @Test
  void itMakesRoomAgainWhenItsTurnHasEnded() {
    MemoryStores stores = new MemoryStores(Limits.conversationBytes(4 * EMPTY), clock);
    ConversationKey once = begun(stores, "once-busy");
    Turn turn = turn(once).queued();
    stores.turns().add(turn);
    stores.turns().update(turn.ended(finished("a")));

    IntStream.range(0, 4).forEach(n -> begun(stores, "other" + n));

    assertThat(listed(stores)).containsExactly("other3", "other2", "other1", "other0");
  }

  @Test
  void aPageHasAtLeastOneItem() {
    MemoryStores stores = new MemoryStores(Limits.WIDE, clock);
    ConversationKey key = begun(stores, "a");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> stores.conversations().list(owner, null, null, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> stores.turns().before(key, null, 0));
  }

  @Test
  void aTurnIsAddedOnce() {
    MemoryStores stores = new MemoryStores(Limits.WIDE, clock);
    Turn turn = spoken(stores, begun(stores, "a"));

    assertThatIllegalStateException().isThrownBy(() -> stores.turns().add(turn));
    assertThat(stores.turns().before(turn.conversation(), null, 10)).containsExactly(turn);
  }

  @Test
  void limitsLeaveRoomForSomething() {
    Duration none = Duration.ZERO;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MemoryLimits(none, Limits.RETENTION, 1, 1, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MemoryLimits(Limits.TTL, none, 1, 1, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MemoryLimits(Limits.TTL, Limits.RETENTION, 0, 1, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MemoryLimits(Limits.TTL, Limits.RETENTION, 1, 0, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MemoryLimits(Limits.TTL, Limits.RETENTION, 1, 1, 0));
  }

  @Test
  void whatWasForgottenLeavesNothingBehind() {
    ConversationSpace space = new ConversationSpace(Long.MAX_VALUE, Limits.TTL, clock);
    Random random = new Random(7);
    for (int n = 0; n < 2_000; n++) {
      ConversationKey key = key(owner, "c" + random.nextInt(50));
      space.create(conversation(key));
      Turn turn = turn(key).queued();
      space.add(turn);
      String title = "t".repeat(random.nextInt(20));
      space.edit(key, it -> it.renamed(title, NOW));
      if (random.nextBoolean()) {
        space.update(turn.ended(finished("r".repeat(random.nextInt(20)))));
      }
      if (random.nextInt(3) == 0) {
        space.delete(key(owner, "c" + random.nextInt(50)));
      }
    }

    IntStream.range(0, 50).forEach(n -> space.delete(key(owner, "c" + n)));

    assertThat(space.bytes()).isZero();
    assertThat(space.isEmpty()).isTrue();
  }

  private ConversationKey begun(MemoryStores stores, String id) {
    ConversationKey key = key(owner, id.replace(' ', '-'));
    clock.pass(TICK);
    stores.conversations().create(conversation(key, clock.instant()));
    return key;
  }

  private static Turn spoken(MemoryStores stores, ConversationKey key) {
    Turn turn = turn(key).ended(finished("a"));
    stores.turns().add(turn);
    return turn;
  }

  private List<String> listed(MemoryStores stores) {
    return stores.conversations().list(owner, null, null, 1000).items().stream()
        .map(conversation -> conversation.key().id().value())
        .toList();
  }
}
