package dev.groqchat.domain.traffic;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Questions that a provider has not answered yet, and those that overtook one of them. Bounded.
 *
 * @param questions in the order in which they were let go
 */
public record UnderWay(List<Question> questions) {
  static final UnderWay NOTHING = new UnderWay(List.of());

  /**
   * More than a provider with limits lets through at once. Of what is beyond, the oldest are let
   * out of sight; what they took stays taken.
   */
  static final int MOST = 256;

  /** Whoever was not answered after so long may be gone, with the instance that asked, say. */
  static final Duration EXPIRY = Duration.ofMinutes(1);

  public UnderWay {
    questions =
        List.copyOf(questions.subList(Math.max(0, questions.size() - MOST), questions.size()));
  }

  UnderWay with(Question question) {
    List<Question> all = new ArrayList<>(questions);
    all.add(question);
    return new UnderWay(all);
  }

  UnderWay without(Question question) {
    return keeping(it -> !it.equals(question));
  }

  UnderWay expired(Instant now) {
    return keeping(it -> !it.at().isBefore(now.minus(EXPIRY)));
  }

  /** This one is answered; it stays in sight as long as it has overtaken another one. */
  UnderWay answered(Question question) {
    return new UnderWay(questions.stream().map(it -> it.equals(question) ? it.done() : it).toList())
        .keeping(_ -> true);
  }

  /** Answered ones with nothing unanswered before them are of no interest any more. */
  private UnderWay keeping(Predicate<Question> kept) {
    List<Question> rest = questions.stream().filter(kept).dropWhile(Question::answered).toList();
    return rest.size() == questions.size() ? this : new UnderWay(rest);
  }

  @Nullable Question find(String id) {
    return questions.stream()
        .filter(it -> it.id().equals(id) && !it.answered())
        .findFirst()
        .orElse(null);
  }

  boolean anyMatch(Predicate<Question> condition) {
    return questions.stream().anyMatch(condition);
  }

  boolean holdsOnly(Question question) {
    return questions.equals(List.of(question));
  }

  /**
   * What the answer to a question may not have counted: all that are unanswered, and those answered
   * that were let go after it.
   *
   * @param own null for one that is not known
   */
  long uncounted(@Nullable Question own, ToLongFunction<Question> size) {
    long sum = 0;
    boolean later = false;
    for (Question it : questions) {
      if (it.equals(own)) {
        later = true;
      } else if (later || !it.answered()) {
        sum += size.applyAsLong(it);
      }
    }
    return sum;
  }

  /**
   * One question.
   *
   * @param at when it was let go
   * @param tokens that it took
   */
  public record Question(String id, Instant at, long tokens, boolean answered) {
    public Question {
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(at, "at");
    }

    private Question done() {
      return new Question(id, at, tokens, true);
    }
  }
}
