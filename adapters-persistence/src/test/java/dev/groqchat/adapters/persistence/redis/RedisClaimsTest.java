package dev.groqchat.adapters.persistence.redis;

import static dev.groqchat.application.fixtures.Fixtures.aTurnId;
import static dev.groqchat.application.fixtures.Fixtures.anOwner;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.groqchat.adapters.persistence.fixtures.RedisServer;
import dev.groqchat.domain.conversation.Owner;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.turn.IdempotencyKey;
import dev.groqchat.domain.turn.TurnId;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What happens to a key between its claim and the turn that it is for. */
@Timeout(60)
class RedisClaimsTest {
  @RegisterExtension static final RedisServer REDIS = new RedisServer();

  private static final IdempotencyKey KEY = new IdempotencyKey("k", "asked");

  private final Owner owner = anOwner();
  private final TurnId first = aTurnId();
  private final TurnId second = aTurnId();
  private final Set<TurnId> kept = ConcurrentHashMap.newKeySet();
  private final AtomicInteger doubts = new AtomicInteger();

  @SuppressWarnings("NullAway.Init") // Before each test.
  private OneInstance instance;

  @SuppressWarnings("NullAway.Init") // Before each test.
  private RedisClaims claims;

  @BeforeEach
  void connect() {
    instance = OneInstance.on(REDIS).connected();
    claims = new RedisClaims(instance.gate, claim -> kept.contains(claim.turn()));
  }

  @AfterEach
  void disconnect() {
    instance.close();
  }

  @Test
  void whoseInstanceDiedBeforeItAddedLosesItsClaim() {
    diesAfter(() -> {});

    assertThat(use(second)).isEmpty();

    assertThat(kept).containsExactly(second);
    assertThat(use(first)).contains(second);
  }

  @Test
  void whoseInstanceDiedAfterItAddedHoldsItsClaim() {
    diesAfter(() -> kept.add(first));

    assertThat(use(second)).contains(first);

    assertThat(kept).containsExactly(first);
  }

  @Test
  void whoWasTooSlowTakesItsTurnBackAndGetsTheOther() {
    Optional<TurnId> earlier =
        claims.use(
            owner,
            KEY,
            first,
            () -> {
              ageClaim();
              assertThat(use(second)).isEmpty();
              kept.add(first);
            },
            () -> kept.remove(first),
            () -> {});

    assertThat(earlier).contains(second);
    assertThat(kept).containsExactly(second);
  }

  @Test
  void aTurnThatIsInDoubtIsNotFoundUntilSomebodySettlesThat() {
    diesAfter(() -> kept.add(first));

    assertThat(doubts).hasValue(1);
    assertThat(claims.find(owner, KEY)).isEmpty();

    assertThat(use(second)).contains(first);
    assertThat(claims.find(owner, KEY)).map(RedisClaims.Claim::turn).contains(first);
  }

  @Test
  void whatIsInDoubtCanBeTakenBackAsLongAsNobodyGoesByIt() {
    diesAfter(() -> kept.add(first));

    assertThat(claims.release(owner, KEY, first)).isTrue();
    kept.remove(first);

    assertThat(use(second)).isEmpty();
  }

  @Test
  void whatSomebodyGoesByCannotBeTakenBack() {
    diesAfter(() -> kept.add(first));
    assertThat(use(second)).contains(first);

    assertThat(claims.release(owner, KEY, first)).isFalse();

    assertThat(use(second)).contains(first);
  }

  @Test
  void aClaimEndsByItself() {
    assertThat(use(first)).isEmpty();

    long left = REDIS.asked(redis -> redis.pttl(RedisKeys.key(owner, KEY)));

    assertThat(Duration.ofMillis(left))
        .isBetween(IdempotencyKey.KEPT.minusMinutes(5), IdempotencyKey.KEPT);
  }

  private void diesAfter(Runnable added) {
    assertThatThrownBy(() ->
            claims.use(
                owner,
                KEY,
                first,
                () -> {
                  added.run();
                  throw new ChatException(new Failure.StoreUnavailable(Duration.ZERO));
                },
                () -> {},
                doubts::incrementAndGet))
        .isInstanceOf(ChatException.class);
    ageClaim();
  }

  /** As if it had been made long ago. */
  private void ageClaim() {
    REDIS.asked(redis -> redis.hset(RedisKeys.key(owner, KEY), "at", "0"));
  }

  private Optional<TurnId> use(TurnId turn) {
    return claims.use(owner, KEY, turn, () -> kept.add(turn), () -> kept.remove(turn), () -> {});
  }
}
