package dev.groqchat.domain.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.groqchat.domain.conversation.MessageRules.Draft;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageRulesTest {
  private static final String EMOJI = "🚀";
  private static final String HALF = "\uD83D";

  private final MessageRules rules = new MessageRules(32_000, 4_000);

  @Test
  void takesATranscriptAsItIs() {
    assertThat(
            rules.transcript(
                List.of(user(" Hi "), new Draft("assistant", "Hello\n"), user("How are you?"))))
        .containsExactly(
            Message.user(" Hi "), Message.assistant("Hello\n"), Message.user("How are you?"));
  }

  @Test
  void neitherOrderNorAlternationOfATranscriptMatters() {
    assertThat(rules.transcript(List.of(new Draft("assistant", "a"), user("b"), user("c"))))
        .hasSize(3);
  }

  @Test
  void refusesATranscriptWithoutMessages() {
    refuses("messages", "messages cannot be empty", () -> rules.transcript(null));
    refuses("messages", "messages cannot be empty", () -> rules.transcript(List.of()));
  }

  @ParameterizedTest
  @CsvSource({"User", "system", "USER", "tool", "' user'", "''"})
  void refusesARoleThatIsNotExactlyOneOfTwo(String role) {
    refuses(
        "messages[0].role",
        "invalid role '" + role + "' at index 0: must be 'user' or 'assistant'",
        () -> rules.transcript(List.of(new Draft(role, "Hi"))));
  }

  @Test
  void saysWhichMessageBreaksARule() {
    refuses(
        "messages[2].role",
        "invalid role 'bot' at index 2: must be 'user' or 'assistant'",
        () -> rules.transcript(List.of(user("a"), user("b"), new Draft("bot", "c"))));
    refuses(
        "messages[1].content",
        "empty content at index 1",
        () -> rules.transcript(List.of(user("a"), user(" "))));
  }

  @Test
  void aMissingRoleIsAnEmptyOne() {
    String expected = "invalid role '' at index 0: must be 'user' or 'assistant'";
    refuses("messages[0].role", expected, () -> rules.transcript(List.of(new Draft(null, "Hi"))));
    List<@Nullable Draft> withNull = Arrays.asList(new Draft[] {null});
    refuses("messages[0].role", expected, () -> rules.transcript(withNull));
  }

  @Test
  void aLongRoleIsShownInPart() {
    refuses(
        "messages[0].role",
        "invalid role '" + EMOJI.repeat(32) + "…' at index 0: must be 'user' or 'assistant'",
        () -> rules.transcript(List.of(new Draft(EMOJI.repeat(33), "Hi"))));
    refuses(
        "messages[0].role",
        "invalid role '" + EMOJI.repeat(32) + "' at index 0: must be 'user' or 'assistant'",
        () -> rules.transcript(List.of(new Draft(EMOJI.repeat(32), "Hi"))));
  }

  @Test
  void aRoleThatHasNoUtf8IsShownSoThatItHas() {
    refuses(
        "messages[0].role",
        "invalid role 'a\uFFFD' at index 0: must be 'user' or 'assistant'",
        () -> rules.transcript(List.of(new Draft("a" + HALF, "Hi"))));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " ", "\t\n ", "\u2003"})
  void refusesBlankTexts(@Nullable String blank) {
    refuses(
        "messages[0].content",
        "empty content at index 0",
        () -> rules.transcript(List.of(new Draft("user", blank))));
    refuses("prompt", "prompt cannot be empty", () -> rules.prompt(blank));
    refuses("message", "message cannot be empty", () -> rules.message(blank));
    assertThat(rules.system(blank)).isNull();
  }

  @Test
  void theLastMessageIsTheUsers() {
    refuses(
        "messages",
        "last message must be from user, got 'assistant'",
        () -> rules.transcript(List.of(user("Hi"), new Draft("assistant", "Hello"))));
  }

  @Test
  void theFirstRuleThatIsBrokenIsTheOneNamed() {
    refuses(
        "messages[0].role",
        "invalid role 'bot' at index 0: must be 'user' or 'assistant'",
        () -> rules.transcript(List.of(new Draft("bot", ""), new Draft("assistant", "x"))));
    refuses(
        "messages[0].content",
        "empty content at index 0",
        () -> rules.transcript(List.of(new Draft("assistant", ""))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", EMOJI, "ß"})
  void lengthsAreCountedInCodePoints(String one) {
    assertThat(rules.prompt(one.repeat(4_000)).text()).isEqualTo(one.repeat(4_000));
    refuses(
        "prompt",
        "prompt exceeds maximum length of 4000 characters",
        () -> rules.prompt(one.repeat(4_001)));
    assertThat(rules.message(one.repeat(32_000)).role()).isEqualTo(Role.USER);
    refuses(
        "message",
        "message exceeds maximum length of 32000 characters",
        () -> rules.message(one.repeat(32_001)));
    assertThat(rules.system(one.repeat(32_000))).hasSize(32_000 * one.length());
    refuses(
        "system",
        "system prompt exceeds maximum length of 32000 characters",
        () -> rules.system(one.repeat(32_001)));
    assertThatCode(() -> rules.transcript(List.of(user(one.repeat(32_000)))))
        .doesNotThrowAnyException();
    refuses(
        "messages[1].content",
        "content at index 1 exceeds maximum length of 32000 characters",
        () -> rules.transcript(List.of(user("a"), user(one.repeat(32_001)))));
  }

  @ParameterizedTest
  @ValueSource(strings = {HALF, "\uDE80", "a" + HALF, "\uDE80" + HALF, HALF + "b"})
  void refusesHalfASurrogatePair(String broken) {
    refuses("prompt", "prompt holds half a surrogate pair", () -> rules.prompt(broken));
    refuses("message", "message holds half a surrogate pair", () -> rules.message(broken));
    refuses("system", "system holds half a surrogate pair", () -> rules.system(broken));
    refuses(
        "messages[0].content",
        "messages[0].content holds half a surrogate pair",
        () -> rules.transcript(List.of(user(broken))));
  }

  @Test
  void lengthsAreAtLeastOne() {
    assertThatIllegalArgumentException().isThrownBy(() -> new MessageRules(0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new MessageRules(1, 0));
    assertThat(new MessageRules(1, 1).prompt("x")).isEqualTo(Message.user("x"));
  }

  private static Draft user(String content) {
    return new Draft("user", content);
  }

  private static void refuses(String field, String detail, ThrowingCallable action) {
    assertThatThrownBy(action)
        .hasMessage(detail)
        .isInstanceOfSatisfying(
            ChatException.class,
            e -> assertThat(e.failure()).isEqualTo(new Failure.InvalidRequest(field, detail)));
  }
}
