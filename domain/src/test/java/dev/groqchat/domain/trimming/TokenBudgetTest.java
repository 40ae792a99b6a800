package dev.groqchat.domain.trimming;

import static dev.groqchat.domain.trimming.Talk.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.groqchat.domain.conversation.Message;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenBudgetTest {
  private static final List<CountedMessage> FIXED =
      List.of(Talk.counted(Message.system("Be brief."), 20), user("Hi", 10));

  @Test
  void isWhatTheWindowLeaves() {
    assertThat(TokenBudget.after(1_000, 100, FIXED))
        .isEqualTo(new TokenBudget(1_000 - 100 - (20 + 4) - (10 + 4) - 3));
    assertThat(TokenBudget.after(1_000, 100, List.of())).isEqualTo(new TokenBudget(897));
  }

  @Test
  void mayBeNothing() {
    assertThat(TokenBudget.after(141, 100, FIXED)).isEqualTo(new TokenBudget(0));
  }

  @Test
  void whatDoesNotFitByItselfIsTooLarge() {
    assertThatThrownBy(() -> TokenBudget.after(140, 100, FIXED))
        .isInstanceOfSatisfying(
            ChatException.class,
            e -> assertThat(e.failure()).isEqualTo(new Failure.PromptTooLarge(141, 140)));
  }

  @Test
  void hugeSizesDoNotOverflow() {
    CountedMessage huge = user("x", Integer.MAX_VALUE - 4);

    assertThatThrownBy(() -> TokenBudget.after(1_000, Integer.MAX_VALUE, List.of(huge, huge)))
        .isInstanceOf(ChatException.class);
  }

  @Test
  void isNeverNegative() {
    assertThatIllegalArgumentException().isThrownBy(() -> new TokenBudget(-1));
  }
}
