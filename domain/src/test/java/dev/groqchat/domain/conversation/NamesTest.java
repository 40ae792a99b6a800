package dev.groqchat.domain.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.groqchat.domain.failure.ChatException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Conversations' ids, owners, visitors, and the words of roles. */
class NamesTest {
  @ParameterizedTest
  @ValueSource(strings = {"a", "default", "user:42", "A.b_c-D:0", "..", "-"})
  void aClientMayChooseItsId(String id) {
    assertThat(new ConversationId(id)).hasToString(id);
  }

  @Test
  void anIdHasUpTo128Characters() {
    assertThat(new ConversationId("x".repeat(128)).value()).hasSize(128);
    assertThatThrownBy(() -> new ConversationId("x".repeat(129))).isInstanceOf(ChatException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a/b", "ä", "a\n", "\u0000", "🚀", "a%20b"})
  void refusesWhatIsNoId(String id) {
    assertThatThrownBy(() -> new ConversationId(id))
        .isInstanceOf(ChatException.class)
        .hasMessage("a conversation's id must be 1 to 128 of A-Z a-z 0-9 . _ : -");
  }

  @Test
  void makesIdsThatAreUuidsOfVersionSeven() {
    assertThat(ConversationId.make(Instant.ofEpochMilli(0x0123456789abL), new Random(1)).value())
        .matches("01234567-89ab-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
  }

  @Test
  void theSharedSpaceHasNoName() {
    assertThat(Owner.SHARED.shared()).isTrue();
    assertThat(new Owner("default").shared()).isFalse();
  }

  @Test
  void aVisitorHasAName() {
    assertThatIllegalArgumentException().isThrownBy(() -> new VisitorId(" "));
  }

  @Test
  void rolesAreWrittenAsEveryChatApiDoes() {
    assertThat(Role.values()).extracting(Role::word).containsExactly("system", "user", "assistant");
    assertThat(Message.system("x").role()).isEqualTo(Role.SYSTEM);
  }

  @Test
  void aPageKeepsItsOwnItems() {
    List<String> items = new ArrayList<>(List.of("a"));
    Page<String, String> page = new Page<>(items, null);

    items.add("b");

    assertThat(page.items()).containsExactly("a");
  }
}
