package dev.groqchat.domain.trimming;

import static dev.groqchat.domain.trimming.Talk.assistant;
import static dev.groqchat.domain.trimming.Talk.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.groqchat.domain.conversation.Message;
import dev.groqchat.domain.conversation.Role;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ExchangeTest {
  private static final CountedMessage U = user("u", 10);
  private static final CountedMessage A = assistant("a", 5);

  static Stream<Long> seeds() {
    return Stream.iterate(1L, seed -> seed + 1).limit(200);
  }

  @Test
  void beginsWithAQuestionAndEndsWithAnAnswer() {
    assertThat(Exchange.of(U, A).messages()).containsExactly(U, A);
    assertThat(new Exchange(List.of(U, U, A, A)).messages()).hasSize(4);
    for (List<CountedMessage> half :
        List.of(List.<CountedMessage>of(), List.of(U), List.of(A), List.of(A, U), List.of(U, U))) {
      assertThatIllegalArgumentException().isThrownBy(() -> new Exchange(half));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> new Exchange(List.of(A, A)));
  }

  @Test
  void costsItsTokensAndFourForEachMessage() {
    assertThat(U.cost()).isEqualTo(14);
    assertThat(Exchange.of(U, A).cost()).isEqualTo(10 + 4 + 5 + 4);
  }

  /** U and A for who spoke, bars between exchanges, the unanswered after the equals sign. */
  @ParameterizedTest
  @CsvSource({
    "'', =",
    "U, =U",
    "A, =",
    "UA, UA=",
    "UAU, UA=U",
    "UAUA, UA|UA=",
    "UUAU, UUA=U",
    "UAAU, UAA=U",
    "AUA, UA=",
    "AAUAUU, UA=UU",
    "UAUUAAUAU, UA|UUAA|UA=U"
  })
  void cutsATranscriptBeforeEachQuestionThatFollowsAnAnswer(String spoken, String cut) {
    List<CountedMessage> transcript = spoken.chars().mapToObj(who -> who == 'U' ? U : A).toList();

    String exchanges =
        String.join(
            "|", Exchange.split(transcript).stream().map(it -> initials(it.messages())).toList());

    assertThat(exchanges + "=" + initials(Exchange.unanswered(transcript))).isEqualTo(cut);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void losesNothingButLeadingAnswers(long seed) {
    List<CountedMessage> transcript = Talk.transcript(new Random(seed));

    List<CountedMessage> together =
        Stream.concat(
                Exchange.split(transcript).stream().flatMap(it -> it.messages().stream()),
                Exchange.unanswered(transcript).stream())
            .toList();

    assertThat(together)
        .isEqualTo(
            transcript.stream().dropWhile(it -> it.message().role() == Role.ASSISTANT).toList());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void noExchangeCouldBeCutFurther(long seed) {
    for (Exchange exchange : Exchange.split(Talk.transcript(new Random(seed)))) {
      assertThat(initials(exchange.messages())).matches("U+A+");
    }
  }

  @Test
  void countsSayWhetherTheyAreExact() {
    Encoding guess = new Encoding("guess", false);

    assertThat(U.count().exact()).isTrue();
    assertThat(new TokenCount(0, guess).exact()).isFalse();
    assertThat(new CountedMessage(Message.user("x"), new TokenCount(0, guess)).cost()).isEqualTo(4);
    assertThatIllegalArgumentException().isThrownBy(() -> new TokenCount(-1, guess));
  }

  private static String initials(List<CountedMessage> messages) {
    return String.join(
        "", messages.stream().map(it -> it.message().role() == Role.USER ? "U" : "A").toList());
  }
}
