package dev.groqchat.adapters.web.turns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.groqchat.application.port.in.Caller;
import dev.groqchat.domain.conversation.Owner;
import dev.groqchat.domain.conversation.VisitorId;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.turn.IdempotencyKey;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeySpaceTest {
  private static final VisitorId VISITOR = new VisitorId("0".repeat(32));
  private static final VisitorId OTHER = new VisitorId("1".repeat(32));

  private static KeySpace of(Owner owner, String client, VisitorId... visitor) {
    return KeySpace.of(new Caller(owner, client, visitor.length == 0 ? null : visitor[0], "r"));
  }

  @Test
  void theHolderOfAnApiKeyHasItsKeysAsTheyAre() {
    assertThat(of(new Owner("alice"), "alice").own("1")).isEqualTo("1");
  }

  @Test
  void noKeyIsNone() {
    assertThat(of(Owner.SHARED, "192.0.2.1").own(null)).isNull();
    assertThat(of(new Owner("alice"), "alice").own(null)).isNull();
  }

  @Test
  void strangersDoNotMeet() {
    assertThat(
            Stream.of(
                of(Owner.SHARED, "192.0.2.1"),
                of(Owner.SHARED, "192.0.2.2"),
                of(Owner.SHARED, "192.0.2.1", VISITOR),
                of(Owner.SHARED, "192.0.2.1", OTHER),
                of(Owner.SHARED, VISITOR.value()),
                of(Owner.SHARED, "1")))
        .flatExtracting(space -> Stream.of(space.own("1"), space.own("2")).toList())
        .doesNotHaveDuplicates();
  }

  @Test
  void aVisitorIsKnownWhereverItComesFrom() {
    assertThat(of(Owner.SHARED, "192.0.2.1", VISITOR).own("1"))
        .isEqualTo(of(Owner.SHARED, "192.0.2.2", VISITOR).own("1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "é"})
  void aKeyThatCanBeNoneIsRefusedAsItIs(String key) {
    assertThatThrownBy(() -> of(Owner.SHARED, "192.0.2.1").own(key))
        .isInstanceOf(ChatException.class)
        .hasMessage("Idempotency-Key must be 1 to 255 visible ASCII characters");
  }

  @Test
  void theLongestKeyIsStillOne() {
    String own = of(Owner.SHARED, "192.0.2.1").own("k".repeat(255));

    assertThat(new IdempotencyKey(String.valueOf(own), "").value()).hasSize(64);
    assertThatThrownBy(() -> of(Owner.SHARED, "192.0.2.1").own("k".repeat(256)))
        .isInstanceOf(ChatException.class);
  }
}
