package dev.groqchat.domain.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client may call its request. */
class IdempotencyKeyTest {
  @ParameterizedTest
  @ValueSource(strings = {"k", "8e03978e-40d5-43e8-bc93-6894a57f9324", "\"quoted\"", "!~", "a,b;c"})
  void anythingVisibleIsAKey(String value) {
    assertThat(new IdempotencyKey(value, "asked").value()).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", " k", "k ", "a b", "a\tb", "a\nb", "k\n", "\u007f", "\u0000", "ä", "🚀"})
  void anythingElseIsNone(String value) {
    assertThatThrownBy(() -> new IdempotencyKey(value, "asked"))
        .isInstanceOfSatisfying(
            ChatException.class,
            e ->
                assertThat(e.failure())
                    .isEqualTo(
                        new Failure.InvalidRequest(
                            "Idempotency-Key",
                            "Idempotency-Key must be 1 to 255 visible ASCII characters")));
  }

  @Test
  void aKeyHasAtMost255Characters() {
    assertThat(new IdempotencyKey("k".repeat(255), "asked").value()).hasSize(255);
    assertThatThrownBy(() -> new IdempotencyKey("k".repeat(256), "asked"))
        .isInstanceOf(ChatException.class);
  }

  @Test
  void aKeyIsKnownForADay() {
    assertThat(IdempotencyKey.KEPT).isEqualTo(Duration.ofHours(24));
  }

  @Test
  void itIsPrintedWithoutItsValue() {
    assertThat(new IdempotencyKey("secret", "asked")).asString().doesNotContain("secret");
  }
}
