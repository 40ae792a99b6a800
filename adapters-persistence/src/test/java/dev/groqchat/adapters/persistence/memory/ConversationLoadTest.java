package dev.groqchat.adapters.persistence.memory;

import static dev.groqchat.application.fixtures.Fixtures.NOW;
import static dev.groqchat.application.fixtures.Fixtures.anOwner;
import static dev.groqchat.application.fixtures.Fixtures.conversation;
import static dev.groqchat.application.fixtures.Fixtures.finished;
import static dev.groqchat.application.fixtures.Fixtures.key;
import static dev.groqchat.application.fixtures.TurnBuilder.turn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.application.fixtures.Background;
import dev.groqchat.application.fixtures.FakeClock;
import dev.groqchat.domain.conversation.Conversation;
import dev.groqchat.domain.conversation.ConversationCursor;
import dev.groqchat.domain.conversation.ConversationKey;
import dev.groqchat.domain.conversation.Owner;
import dev.groqchat.domain.conversation.Page;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.turn.Turn;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Many at once, and many altogether. The time limits are some twenty times what it takes: they tell
 * a cost that grows with the number of neighbours, not a slow machine.
 */
class ConversationLoadTest {
  private static final int KEYS = 20;

  private final FakeClock clock = new FakeClock();
  private final Owner owner = anOwner();

  /** Whatever happens at once, the books agree with what is there. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  @Timeout(60)
  void manyAtOnceLeaveNothingBehind(long seed) throws Exception {
    long roomForHalf = KEYS / 2 * 10_000L;
    ConversationSpace space = new ConversationSpace(roomForHalf, Limits.TTL, clock);
    List<Background<Boolean>> users =
        IntStream.range(0, 8)
            .mapToObj(n -> Background.run(() -> useAtRandom(space, new Random(seed * 31 + n))))
            .toList();
    for (Background<Boolean> user : users) {
      assertThat(user.result()).isTrue();
    }

    assertThat(space.bytes()).isEqualTo(space.bytesOfAll()).isNotNegative();
    IntStream.range(0, KEYS).forEach(n -> space.delete(key(owner, "c" + n)));
    assertThat(space.bytes()).isZero();
    assertThat(space.isEmpty()).isTrue();
  }

  private boolean useAtRandom(ConversationSpace space, Random random) {
    for (int round = 0; round < 2_000; round++) {
      ConversationKey key = key(owner, "c" + random.nextInt(KEYS));
      switch (random.nextInt(6)) {
        case 0 -> space.delete(key);
        case 1 -> {
          String title = "t".repeat(random.nextInt(99));
          space.edit(key, it -> it.renamed(title, NOW));
        }
        case 2 -> space.list(owner, null, null, 5);
        case 3 -> clock.pass(Limits.TTL.dividedBy(200));
        default -> speak(space, key, random);
      }
    }
    return true;
  }

  private static void speak(ConversationSpace space, ConversationKey key, Random random) {
    space.create(conversation(key));
    Turn turn = turn(key).asking("q".repeat(1 + random.nextInt(999))).queued();
    try {
      space.add(turn);
    } catch (ChatException _) {
      return; // Somebody else deleted it, or needed the room.
    }
    space.update(turn.ended(finished("a".repeat(random.nextInt(999)))));
  }

  @Test
  @Timeout(30)
  void aHundredThousandConversationsAreListedLikeAFew() {
    MemoryStores stores = new MemoryStores(Limits.WIDE, clock);
    int all = 100_000;
    for (int n = 0; n < all; n++) {
      stores.conversations().create(conversation(key(owner, "c" + n), NOW.plusMillis(n)));
    }

    int listed = 0;
    ConversationCursor after = null;
    do {
      Page<Conversation, ConversationCursor> page =
          stores.conversations().list(owner, null, after, 20);
      listed += page.items().size();
      after = page.next();
    } while (after != null);

    assertThat(listed).isEqualTo(all);
  }

  @Test
  @Timeout(30)
  void theBoundIsKeptWhileThirtyThousandCome() {
    long each = Footprint.of(conversation(key(owner, "c")));
    ConversationSpace space = new ConversationSpace(1_000 * each, Limits.TTL, clock);

    for (int n = 0; n < 30_000; n++) {
      space.create(conversation(key(owner, "c" + n)));
      space.find(key(owner, "c" + (n - n % 500)));
      assertThat(space.bytes()).isLessThanOrEqualTo(1_000 * each);
    }

    assertThat(space.list(owner, null, null, 2_000)).hasSize(1_000);
  }

  @Test
  @Timeout(30)
  void aTurnCostsTheSameHoweverManyThereAre() throws Exception {
    MemoryStores stores = new MemoryStores(Limits.WIDE, clock);
    ConversationKey key = key(owner, "long");
    stores.conversations().create(conversation(key));
    for (int n = 0; n < 20_000; n++) {
      Turn turn = turn(key).queued();
      stores.turns().add(turn);
      stores.turns().awaitHead(key, turn.id(), _ -> {});
      assertThat(stores.turns().before(key, turn.id(), 20)).hasSize(Math.min(n, 20));
      stores.turns().update(turn.ended(finished("a")));
    }

    assertThat(stores.turns().before(key, null, 3)).hasSize(3);
    clock.pass(Duration.ofDays(2));
    assertThat(stores.turns().before(key, null, 3)).isEmpty();
  }
}
