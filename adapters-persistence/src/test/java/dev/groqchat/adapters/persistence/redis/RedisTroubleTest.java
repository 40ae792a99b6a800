package dev.groqchat.adapters.persistence.redis;

import static dev.groqchat.application.fixtures.Fixtures.NOW;
import static dev.groqchat.application.fixtures.Fixtures.aKey;
import static dev.groqchat.application.fixtures.Fixtures.anOwner;
import static dev.groqchat.application.fixtures.Fixtures.conversation;
import static dev.groqchat.application.fixtures.Fixtures.finished;
import static dev.groqchat.application.fixtures.Fixtures.key;
import static dev.groqchat.application.fixtures.TurnBuilder.turn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.groqchat.adapters.persistence.fixtures.RedisServer;
import dev.groqchat.application.fixtures.Background;
import dev.groqchat.domain.conversation.Conversation;
import dev.groqchat.domain.conversation.ConversationKey;
import dev.groqchat.domain.conversation.Owner;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.turn.Turn;
import dev.groqchat.domain.turn.TurnId;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class RedisTroubleTest {
  @RegisterExtension static final RedisServer REDIS = new RedisServer();

  private static final RedisSettings QUICK =
      new RedisSettings(
          Duration.ofHours(24),
          Duration.ofMillis(150),
          Duration.ofSeconds(5),
          Duration.ofMillis(200),
          10_000,
          100_000);

  @SuppressWarnings("NullAway.Init") // Before each test.
  private OneInstance instance;

  @BeforeEach
  void connect() {
    REDIS.fresh();
    instance = OneInstance.on(REDIS, QUICK).connected();
  }

  @AfterEach
  void disconnect() {
    REDIS.fresh();
    instance.close();
  }

  @Test
  void awayFailsEveryCallAndThenClosesTheGateUntilItIsBack() {
    REDIS.stop();

    assertClosesTheGate();
    REDIS.start();

    Eventually.holds("open again", () -> instance.conversations.create(conversation(aKey())));
  }

  @Test
  void frozenFailsEveryCallAndThenClosesTheGateUntilItGoesOn() {
    ConversationKey key = created();
    REDIS.freeze();

    assertClosesTheGate();
    REDIS.thaw();

    Eventually.holds("open again", () -> instance.conversations.find(key).isPresent());
  }

  private void assertClosesTheGate() {
    Eventually.holds(
        "closed",
        () -> {
          assertUnavailable(() -> instance.conversations.find(aKey()));
          return instance.gate.breaker().getState() == State.OPEN;
        });
    long refused = instance.gate.breaker().getMetrics().getNumberOfNotPermittedCalls();
    Eventually.holds(
        "refused without asking",
        () -> {
          assertUnavailable(() -> instance.turns.add(turn(aKey()).queued()));
          return instance.gate.breaker().getMetrics().getNumberOfNotPermittedCalls() > refused;
        });
  }

  @Test
  void nobodyPilesUpBeforeARedisThatIsFrozen() throws Exception {
    REDIS.freeze();

    List<Background<Boolean>> callers =
        Stream.generate(() -> Background.run(this::isUnavailable)).limit(500).toList();

    for (Background<Boolean> caller : callers) {
      assertThat(caller.result()).isTrue();
    }
  }

  private boolean isUnavailable() {
    assertUnavailable(() -> instance.conversations.find(aKey()));
    return true;
  }

  @Test
  void slowFailsTheCallAndNotTheNext() {
    ConversationKey key = created();
    REDIS.asked(redis -> redis.clientPause(400));

    assertUnavailable(() -> instance.conversations.find(key));

    Eventually.holds("quick again", () -> instance.conversations.find(key).isPresent());
  }

  @Test
  void fullRefusesWhatIsNewAndStillGivesWhatIsThere() {
    ConversationKey key = created();
    REDIS.fill();

    for (int call = 0; call < 30; call++) {
      assertUnavailable(() -> instance.conversations.create(conversation(aKey())));
      assertThat(instance.conversations.find(key)).isPresent();
    }

    assertThat(instance.gate.breaker().getState()).isEqualTo(State.CLOSED);
    instance.conversations.delete(key);
    REDIS.makeRoom();
    assertThat(instance.conversations.create(conversation(key))).isTrue();
  }

  @Test
  void restartedEmptyForgetsEverythingAndGoesOn() {
    ConversationKey key = created();
    Turn turn = added(key);
    REDIS.stop();
    REDIS.start();

    Eventually.holds("back", () -> instance.conversations.find(key).isEmpty());

    assertThat(instance.turns.find(key.owner(), turn.id())).isEmpty();
    assertThat(instance.conversations.create(conversation(key))).isTrue();
    Turn second = added(key);
    assertThat(instance.turns.before(key, null, 10)).containsExactly(second);
    Eventually.holds("known again", () -> REDIS.asked(it -> it.exists(RedisKeys.INSTANCES)) == 1);
  }

  @Test
  void whoStartsWithoutRedisServesOnceItIsThere() {
    REDIS.stop();
    try (OneInstance early = OneInstance.on(REDIS, QUICK)) {
      assertUnavailable(() -> early.conversations.find(aKey()));
      assertUnavailable(() -> early.instances.orphans());

      REDIS.start();

      Eventually.holds("there", () -> early.conversations.create(conversation(aKey())));
    }
  }

  @Test
  void whoWaitsInLineWaitsUntilRedisIsBack() throws Exception {
    ConversationKey key = created();
    Turn first = added(key);
    Turn second = added(key);
    List<Integer> told = new CopyOnWriteArrayList<>();
    try (Background<Boolean> waiting =
        Background.run(() -> {
          instance.turns.awaitHead(key, second.id(), told::add);
          return true;
        })) {
      Eventually.holds("told", () -> told.equals(List.of(1)));
      REDIS.freeze();
      assertClosesTheGate();
      REDIS.thaw();
      Eventually.holds("back", () -> instance.conversations.find(key).isPresent());

      instance.turns.update(first.ended(finished("a")));

      assertThat(waiting.result()).isTrue();
    }
  }

  @Test
  void aThreadThatIsToldToStopStillStores() {
    ConversationKey key = created();
    Turn turn = added(key);

    Thread.currentThread().interrupt();
    instance.turns.update(turn.ended(finished("whole")));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(found(turn).hasEnded()).isTrue();
  }

  /** Redis was away for a moment: that is no reason to call an answer a failure. */
  @Test
  void anEndIsStoredThoughTheGateIsStillClosed() {
    ConversationKey key = created();
    Turn turn = added(key);
    REDIS.freeze();
    assertClosesTheGate();
    REDIS.thaw();

    Thread.currentThread().interrupt();
    instance.turns.update(turn.ended(finished("whole")));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(found(turn).hasEnded()).isTrue();
  }

  @Test
  void connectionsThatAreReplacedServeOn() {
    ConversationKey key = created();

    instance.gate.replaceConnections();

    Eventually.holds("served", () -> instance.conversations.find(key).isPresent());
  }

  @Test
  void oldTurnsOfALongConversationAreForgottenButNotThoseThatAreOpen() {
    RedisSettings narrow =
        new RedisSettings(
            QUICK.sessionTtl(), Duration.ofSeconds(5), QUICK.lease(), QUICK.renewal(), 3, 2);
    try (OneInstance bounded = OneInstance.on(REDIS, narrow).connected()) {
      ConversationKey key = created();
      Turn open = turn(key).queued();
      bounded.turns.add(open);
      List<Turn> ended = Stream.generate(() -> turn(key).ended(finished("a"))).limit(5).toList();
      ended.forEach(bounded.turns::add);

      assertThat(bounded.turns.before(key, null, 10))
          .containsExactly(ended.get(4), ended.get(3), open);
    }
  }

  @Test
  void ofTooManyConversationsTheOldestAreNoLongerListed() {
    RedisSettings narrow =
        new RedisSettings(
            QUICK.sessionTtl(), Duration.ofSeconds(5), QUICK.lease(), QUICK.renewal(), 3, 2);
    try (OneInstance bounded = OneInstance.on(REDIS, narrow).connected()) {
      Owner owner = anOwner();
      List<Conversation> all =
          Stream.iterate(0, it -> it + 1)
              .limit(3)
              .map(it -> conversation(key(owner, "c" + it), NOW.plusSeconds(it)))
              .toList();
      all.forEach(bounded.conversations::create);

      assertThat(bounded.conversations.list(owner, null, null, 10).items())
          .containsExactly(all.get(2), all.get(1));
      assertThat(bounded.conversations.find(all.getFirst().key())).isPresent();
    }
  }

  /** It is found by its id through a hint, which expires before a conversation that is in use. */
  @Test
  void anOldTurnThatIsShownCanBeFoundAgain() {
    ConversationKey key = created();
    Instant longAgo = Instant.now().minus(Duration.ofDays(3));
    Turn old = turn(key).id(TurnId.make(longAgo, new Random(1))).queued();
    instance.turns.add(old);
    REDIS.asked(redis -> redis.del(RedisKeys.turn(old.id())));
    assertThat(instance.turns.find(key.owner(), old.id())).isEmpty();

    assertThat(instance.turns.before(key, null, 10)).containsExactly(old);

    Eventually.holds("found", () -> instance.turns.find(key.owner(), old.id()).isPresent());
  }

  private ConversationKey created() {
    ConversationKey key = aKey();
    Eventually.holds("created", () -> instance.conversations.create(conversation(key)));
    return key;
  }

  private Turn added(ConversationKey key) {
    Turn turn = turn(key).queued();
    instance.turns.add(turn);
    return turn;
  }

  private Turn found(Turn turn) {
    return instance.turns.find(turn.conversation().owner(), turn.id()).orElseThrow();
  }

  private static void assertUnavailable(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ChatException.class,
            e -> assertThat(e.failure()).isInstanceOf(Failure.StoreUnavailable.class));
  }
}
