package dev.groqchat.domain.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.groqchat.domain.failure.ChatException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConversationTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Instant LATER = NOW.plusSeconds(1);
  private static final ConversationKey KEY =
      new ConversationKey(new Owner("alice"), new ConversationId("default"));
  private static final VisitorId VISITOR = new VisitorId("v");

  private final Conversation begun = Conversation.begin(KEY, "title", "system", VISITOR, NOW);

  @Test
  void beginsWithNothingSaid() {
    assertThat(begun).isEqualTo(new Conversation(KEY, "title", "system", VISITOR, NOW, NOW));
  }

  @Test
  void changesOneThingAndWhenThatWas() {
    assertThat(begun.renamed(null, LATER))
        .isEqualTo(new Conversation(KEY, null, "system", VISITOR, NOW, LATER));
    assertThat(begun.instructed("new", LATER))
        .isEqualTo(new Conversation(KEY, "title", "new", VISITOR, NOW, LATER));
    assertThat(begun.spokenIn(LATER))
        .isEqualTo(new Conversation(KEY, "title", "system", VISITOR, NOW, LATER));
  }

  @Test
  void speakingDoesNotTurnTimeBack() {
    assertThat(begun.spokenIn(NOW.minusSeconds(1))).isEqualTo(begun);
  }

  @Test
  void aTitleHasUpToTwoHundredCodePoints() {
    assertThat(begun.renamed("🚀".repeat(200), LATER).title()).hasSize(400);
    assertThatThrownBy(() -> begun.renamed("🚀".repeat(201), LATER))
        .isInstanceOf(ChatException.class)
        .hasMessage("title exceeds maximum length of 200 characters");
  }

  @Test
  void aTitleHoldsNoHalfASurrogatePair() {
    assertThatThrownBy(() -> begun.renamed("a\uD83D", LATER))
        .isInstanceOf(ChatException.class)
        .hasMessage("title holds half a surrogate pair");
  }

  @ParameterizedTest
  @CsvSource({
    "Hello, Hello",
    "'  Hello  ', Hello",
    "'\n\n First line \nSecond', First line",
    "'First\r\nSecond', First"
  })
  void theFirstLineIsTheTitle(String text, String title) {
    assertThat(Conversation.titleFrom(Message.user(text))).isEqualTo(title);
  }

  @Test
  void aLongLineIsShortenedAtAWord() {
    String sixty = "123456789 ".repeat(5) + "1234567890";
    assertThat(Conversation.titleFrom(Message.user(sixty))).isEqualTo(sixty);

    assertThat(Conversation.titleFrom(Message.user(sixty + "x")))
        .isEqualTo("123456789 ".repeat(5).strip() + "…");
  }

  @Test
  void aLongWordIsCutBetweenCodePoints() {
    assertThat(Conversation.titleFrom(Message.user("🚀".repeat(61))))
        .isEqualTo("🚀".repeat(60) + "…");
  }

  @Test
  void aSuggestedTitleIsAlwaysAllowed() {
    String title = Conversation.titleFrom(Message.user("word ".repeat(10_000)));

    assertThat(begun.renamed(title, LATER).title()).isEqualTo(title).hasSizeLessThanOrEqualTo(61);
  }

  @Test
  void itsPlaceInAListIsWhenItBeganAndItsId() {
    assertThat(ConversationCursor.at(begun.spokenIn(LATER)))
        .isEqualTo(new ConversationCursor(NOW, KEY.id()));
  }
}
