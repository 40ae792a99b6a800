package dev.groqchat.adapters.persistence.memory;

import static dev.groqchat.application.fixtures.Fixtures.aTurnId;
import static dev.groqchat.application.fixtures.Fixtures.anOwner;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.groqchat.application.fixtures.FakeClock;
import dev.groqchat.domain.conversation.Owner;
import dev.groqchat.domain.turn.IdempotencyKey;
import dev.groqchat.domain.turn.TurnId;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How many keys are known, and for how long; the rest is the contract of the store of turns. */
class UsedKeysTest {
  private final FakeClock clock = new FakeClock();
  private final UsedKeys keys = new UsedKeys(3, clock);
  private final Owner owner = anOwner();
  private final Set<TurnId> gone = new HashSet<>();

  @Test
  void beyondTheBoundTheOldestIsForgotten() {
    Stream.of("a", "b", "c", "d").forEach(this::use);

    assertThat(find("a")).isEmpty();
    assertThat(Stream.of("b", "c", "d")).allMatch(key -> find(key).isPresent());
  }

  @Test
  void aRepeatAtTheBoundForgetsNothing() {
    Stream.of("a", "b", "c").forEach(this::use);

    IntStream.range(0, 5).forEach(_ -> assertThat(use("a")).isPresent());

    assertThat(Stream.of("a", "b", "c")).allMatch(key -> find(key).isPresent());
  }

  @Test
  void whatCouldNotBeAddedForgetsNothing() {
    Stream.of("a", "b", "c").forEach(this::use);

    assertThatIllegalStateException()
        .isThrownBy(() ->
            keys.use(
                owner,
                key("d"),
                aTurnId(),
                _ -> true,
                () -> {
                  throw new IllegalStateException("not added");
                }));

    assertThat(Stream.of("a", "b", "c")).allMatch(key -> find(key).isPresent());
    assertThat(find("d")).isEmpty();
  }

  @Test
  void aKeyThatIsUsedAnewIsTheNewest() {
    TurnId first = aTurnId();
    keys.use(owner, key("a"), first, this::kept, () -> {});
    Stream.of("b", "c").forEach(this::use);
    gone.add(first);
    assertThat(use("a")).isEmpty();

    use("d");

    assertThat(find("b")).isEmpty();
    assertThat(Stream.of("a", "c", "d")).allMatch(key -> find(key).isPresent());
  }

  @Test
  void eachKeyHasItsOwnDay() {
    use("a");
    clock.pass(Duration.ofHours(20));
    use("b");
    clock.pass(Duration.ofHours(4));
    assertThat(find("a")).isPresent();

    clock.pass(Duration.ofMillis(1));

    assertThat(find("a")).isEmpty();
    assertThat(find("b")).isPresent();
    clock.pass(Duration.ofHours(20));
    assertThat(find("b")).isEmpty();
  }

  private Optional<TurnId> use(String value) {
    return keys.use(owner, key(value), aTurnId(), this::kept, () -> {});
  }

  private Optional<TurnId> find(String value) {
    return keys.find(owner, key(value), this::kept);
  }

  private boolean kept(TurnId turn) {
    return !gone.contains(turn);
  }

  private static IdempotencyKey key(String value) {
    return new IdempotencyKey(value, "asked");
  }
}
