package dev.groqchat.adapters.persistence.redis;

import static dev.groqchat.application.fixtures.Fixtures.aKey;
import static dev.groqchat.application.fixtures.Fixtures.aTurnId;
import static dev.groqchat.application.fixtures.Fixtures.conversation;
import static dev.groqchat.application.fixtures.Fixtures.failed;
import static dev.groqchat.application.fixtures.Fixtures.finished;
import static dev.groqchat.application.fixtures.TurnBuilder.turn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.adapters.persistence.fixtures.RedisServer;
import dev.groqchat.application.fixtures.Background;
import dev.groqchat.application.fixtures.InstancesContract;
import dev.groqchat.application.port.out.ConversationStore;
import dev.groqchat.application.port.out.Instances;
import dev.groqchat.application.port.out.TurnStore;
import dev.groqchat.domain.conversation.ConversationKey;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.turn.Turn;
import dev.groqchat.domain.turn.TurnId;
import dev.groqchat.domain.turn.TurnState;
import io.lettuce.core.KillArgs;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class RedisInstancesTest implements InstancesContract {
  @RegisterExtension static final RedisServer REDIS = new RedisServer();

  private static final TurnState.Failed LOST = failed(new Failure.InstanceLost());

  @SuppressWarnings("NullAway.Init") // Before each test.
  private OneInstance one;

  @SuppressWarnings("NullAway.Init") // Before each test.
  private OneInstance other;

  @BeforeEach
  void connect() {
    REDIS.fresh();
    one = OneInstance.on(REDIS).connected();
    other = OneInstance.on(REDIS).connected();
  }

  @AfterEach
  void disconnect() {
    one.close();
    other.close();
  }

  @Override
  public Instances instances() {
    return one.instances;
  }

  @Override
  public ConversationStore conversations() {
    return one.conversations;
  }

  @Override
  public TurnStore turns() {
    return one.turns;
  }

  @Test
  void turnsOfAKilledInstanceAreOrphansOnceItsLeaseIsOver() {
    Turn running = added(one);
    Turn waiting = turn(running.conversation()).queued();
    one.turns.add(waiting);
    over(one);
    assertThat(other.instances.orphans()).isEmpty();

    one.kill();

    Eventually.holds("orphans", () -> !other.instances.orphans().isEmpty());
    assertThat(other.instances.orphans()).containsExactlyInAnyOrder(running, waiting);
  }

  @Test
  void whoseTurnsHaveAllBeenEndedByOthersIsForgotten() {
    Turn turn = added(one);
    one.kill();
    Eventually.holds("orphans", () -> !other.instances.orphans().isEmpty());

    other.turns.update(turn.ended(LOST));
    // Its followers were not told yet.
    assertThat(other.instances.orphans()).containsExactly(turn.ended(LOST));
    other.instances.release(turn);

    assertThat(other.instances.orphans()).isEmpty();
    assertThat(known()).doesNotContain(one.instances.id());
    assertThat(holdsNothing()).isTrue();
  }

  @Test
  void anInstanceThatIsAloneFindsWhatWasLeftBefore() {
    Turn turn = added(one);
    one.kill();
    other.kill();
    try (OneInstance third = OneInstance.on(REDIS).connected()) {
      Eventually.holds("orphans", () -> third.instances.orphans().equals(List.of(turn)));
    }
  }

  @Test
  void whoClosesIsForgottenAtOnce() {
    over(one);
    over(other);
    assertThat(known()).contains(one.instances.id(), other.instances.id());

    one.close();

    assertThat(known()).containsExactly(other.instances.id());
  }

  @Test
  void whatIsOpenWhenItsInstanceClosesIsAnOrphanAtOnce() {
    Turn turn = added(one);

    one.close();

    Eventually.holds("an orphan", () -> other.instances.orphans().equals(List.of(turn)));
  }

  /** It was frozen: others took it for gone, and now it goes on. */
  @Test
  void whoComesBackGoesOnButDoesNotChangeWhatOthersHaveEnded() {
    Turn ended = added(one);
    Turn open = added(one);
    one.instances.leave();
    Eventually.holds("orphans", () -> other.instances.orphans().size() == 2);
    other.turns.update(ended.ended(LOST));

    one.instances.renew(OneInstance.LONG);

    assertThat(other.instances.orphans()).isEmpty();
    one.turns.update(ended.ended(finished("too late")));
    one.turns.update(open.ended(finished("in time")));
    assertThat(found(ended).state()).isEqualTo(LOST);
    assertThat(found(open).state()).isEqualTo(finished("in time"));
  }

  /** Others saw what it held, but not the turn, and let go of it: between the two it was frozen. */
  @Test
  void whoComesBackHoldsWhatItWasAboutToAdd() {
    ConversationKey key = aKey();
    one.conversations.create(conversation(key));
    Turn turn = turn(key).queued();
    one.instances.hold(turn, new RedisHint(turn.id(), RedisKeys.tag(key), OneInstance.LONG));
    one.instances.leave();
    Eventually.holds("let go", () -> other.instances.orphans().isEmpty() && holdsNothing());

    one.instances.renew(OneInstance.LONG);
    one.turns.add(turn);
    one.kill();

    Eventually.holds("orphans", () -> other.instances.orphans().equals(List.of(turn)));
  }

  @Test
  void stopReachesOtherInstances() {
    List<TurnId> heard = new CopyOnWriteArrayList<>();
    TurnId turn = aTurnId();
    try (Instances.Listening _ = other.instances.onStop(heard::add)) {
      Eventually.holds("heard", () -> asked(one, turn, heard));
    }
  }

  @Test
  void stopReachesThoseWhoseConnectionsBroke() {
    List<TurnId> heard = new CopyOnWriteArrayList<>();
    TurnId before = aTurnId();
    TurnId after = aTurnId();
    try (Instances.Listening _ = other.instances.onStop(heard::add)) {
      Eventually.holds("heard", () -> asked(one, before, heard));

      REDIS.asked(redis -> redis.clientKill(KillArgs.Builder.typePubsub()));

      Eventually.holds("heard again", () -> asked(one, after, heard));
    }
  }

  /** Listened for while Redis was away, which loses even the wish to listen. */
  @Test
  void stopReachesThoseWhoListenedWhileRedisWasAway() {
    REDIS.stop();
    List<TurnId> heard = new CopyOnWriteArrayList<>();
    TurnId turn = aTurnId();
    try (Instances.Listening _ = other.instances.onStop(heard::add)) {
      REDIS.start();

      Eventually.holds("heard", () -> asked(one, turn, heard));
    }
  }

  @Test
  void whoWaitsOnAnotherInstanceIsWoken() throws Exception {
    Turn first = added(one);
    Turn second = turn(first.conversation()).queued();
    one.turns.add(second);
    List<Integer> told = new CopyOnWriteArrayList<>();
    try (Background<Boolean> waiting =
        Background.run(() -> {
          other.turns.awaitHead(second.conversation(), second.id(), told::add);
          return true;
        })) {
      Eventually.holds("told", () -> told.equals(List.of(1)));

      one.turns.update(first.ended(finished("a")));

      assertThat(waiting.result()).isTrue();
    }
  }

  private static boolean asked(OneInstance by, TurnId turn, List<TurnId> heard) {
    by.instances.stop(turn);
    return heard.contains(turn);
  }

  private static Turn added(OneInstance by) {
    ConversationKey key = aKey();
    by.conversations.create(conversation(key));
    Turn turn = turn(key).queued();
    by.turns.add(turn);
    return turn;
  }

  /** Runs a turn from its beginning to its end. */
  private static void over(OneInstance by) {
    Turn turn = added(by);
    by.turns.update(turn.ended(finished("over")));
    by.instances.release(turn);
  }

  private Turn found(Turn turn) {
    return other.turns.find(turn.conversation().owner(), turn.id()).orElseThrow();
  }

  private boolean holdsNothing() {
    long keys = REDIS.asked(redis -> redis.exists(RedisKeys.held(one.instances.id())));
    return keys == 0;
  }

  private static List<String> known() {
    return REDIS.asked(redis -> redis.zrange(RedisKeys.INSTANCES, 0, -1));
  }
}
