package dev.groqchat.domain.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.groqchat.domain.traffic.ProviderLimits.Window;
import dev.groqchat.domain.traffic.Taking.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a model's budget grants, and what it learns. */
class ModelBudgetTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration DAY = Duration.ofDays(1);

  private Instant now = Instant.parse("2026-01-02T03:04:05Z");
  private ModelBudget budget = ModelBudget.UNKNOWN;

  @Test
  void waitsExactlyUntilAQuestionFits() {
    said(tokens(8000, 6572, MINUTE));

    assertThat(take("next", 2726)).isEqualTo(new Verdict.Wait(Duration.ofMillis(9735)));

    pass(Duration.ofMillis(9735).minusNanos(1));
    assertThat(take("next", 2726)).isEqualTo(new Verdict.Wait(Duration.ofNanos(1)));
    pass(Duration.ofNanos(1));
    assertThat(take("next", 2726)).isEqualTo(new Verdict.Granted(true));
  }

  @Test
  void whatIsTakenCountsBeforeItIsAnswered() {
    said(tokens(8000, 0, MINUTE));

    assertThat(take("a", 5000)).isEqualTo(new Verdict.Granted(true));
    assertThat(take("b", 3000)).isEqualTo(new Verdict.Granted(true));
    assertThat(take("c", 800)).isEqualTo(new Verdict.Wait(Duration.ofSeconds(6)));
  }

  @Test
  void learnsHowFastTheBucketRunsEmpty() {
    said(tokens(8000, 4000, Duration.ofSeconds(2)));

    assertThat(take("a", 8000)).isEqualTo(new Verdict.Wait(Duration.ofSeconds(1)));
  }

  @Test
  void aLevelTooLowToTellTheSpeedLeavesItAsItWas() {
    said(tokens(8000, 4000, Duration.ofSeconds(2)));
    // Four tokens, and a time that is rounded: it would stand for 52 s.
    said(new Window(8000, 7996, Duration.ofMillis(26)));
    take("a", 7996);

    assertThat(take("b", 4000)).isEqualTo(new Verdict.Wait(Duration.ofSeconds(1)));
  }

  @Test
  void anAnswerDoesNotHideWhatIsStillUnderWay() {
    said(tokens(8000, 0, MINUTE));
    take("a", 3000);
    take("b", 3000);

    answer("a", tokens(8000, 3000, MINUTE));

    assertThat(take("c", 2001)).isInstanceOf(Verdict.Wait.class);
    answer("b", tokens(8000, 6000, MINUTE));
    assertThat(take("c", 2000)).isEqualTo(new Verdict.Granted(true));
  }

  @Test
  void anAnswerThatWasOvertakenDoesNotHideWhatOvertookIt() {
    said(tokens(8000, 0, MINUTE));
    take("a", 3000);
    take("b", 3000);

    answer("b", tokens(8000, 6000, MINUTE));
    answer("a", tokens(8000, 3000, MINUTE));

    assertThat(take("c", 2001)).isInstanceOf(Verdict.Wait.class);
  }

  @Test
  void whatTheProviderSaysCountsMoreThanWhatWeBelieve() {
    said(tokens(8000, 0, MINUTE));
    take("a", 6000);
    answer("a", tokens(8000, 100, MINUTE));

    assertThat(take("b", 7900)).isEqualTo(new Verdict.Granted(true));
  }

  @Test
  void whatWasNeverAskedIsGivenBackAndWhatIsLostIsNot() {
    said(tokens(8000, 0, MINUTE));
    take("a", 8000);
    budget = budget.released("a").released("a");
    assertThat(take("b", 8000)).isEqualTo(new Verdict.Granted(true));

    budget = budget.lost("b").released("b");

    assertThat(take("c", 800)).isEqualTo(new Verdict.Wait(Duration.ofSeconds(6)));
    answer("?", tokens(8000, 0, MINUTE));
    assertThat(take("c", 8000)).isEqualTo(new Verdict.Granted(true));
  }

  @Test
  void whatFitsNoBucketIsToldAtOnce() {
    said(tokens(8000, 8000, MINUTE));

    assertThat(take("a", 8001)).isEqualTo(new Verdict.TooLarge(8000));
    assertThat(take("a", 8000)).isEqualTo(new Verdict.Wait(MINUTE));
  }

  @Test
  void aDayThatIsUsedUpIsToldAtOnce() {
    budget =
        budget.answered(
            now,
            "?",
            new ProviderLimits(null, new Window(1000, 1, DAY.multipliedBy(999).dividedBy(1000))));
    assertThat(take("a", 1)).isEqualTo(new Verdict.Granted(true));
    assertThat(take("b", 1)).isEqualTo(new Verdict.UsedUp(Duration.ofMillis(86_400)));
    pass(Duration.ofMillis(86_400));
    assertThat(take("b", 1)).isEqualTo(new Verdict.Granted(true));
  }

  @Test
  void oneQuestionGoesAheadWhileNothingIsKnown() {
    assertThat(take("a", 10)).isEqualTo(new Verdict.Granted(true));
    pass(Duration.ofMillis(100));
    assertThat(take("b", 10)).isEqualTo(new Verdict.Wait(Duration.ofMillis(400)));

    answer("a", tokens(8000, 10, MINUTE));

    assertThat(take("b", 10)).isEqualTo(new Verdict.Granted(true));
    assertThat(take("c", 10)).isEqualTo(new Verdict.Granted(true));
  }

  @Test
  void nobodyWaitsLongForTheFirstAnswerButTheyGoOneByOne() {
    take("a", 10);
    for (String next : List.of("b", "c", "d")) {
      assertThat(take(next, 10)).isEqualTo(new Verdict.Wait(ModelBudget.LONGEST_DOUBT));
      pass(ModelBudget.LONGEST_DOUBT);
      assertThat(take(next, 10)).isEqualTo(new Verdict.Granted(true));
    }

    answer("a", tokens(8000, 10, MINUTE));

    assertThat(take("e", 10)).isEqualTo(new Verdict.Granted(true));
    assertThat(take("f", 10)).isEqualTo(new Verdict.Granted(true));
  }

  @Test
  void aProviderThatSaysNothingIsNotTracked() {
    take("a", 10);
    budget = budget.answered(now, "a", ProviderLimits.UNSAID);

    for (int question = 0; question < 1000; question++) {
      assertThat(take("q" + question, 1_000_000)).isEqualTo(new Verdict.Granted(false));
    }
    assertThat(budget.underWay()).isEqualTo(UnderWay.NOTHING);
  }

  @Test
  void anAnswerWithoutAWordAboutLimitsTakesNothingBack() {
    said(tokens(8000, 0, MINUTE));
    take("a", 8000);
    budget = budget.answered(now, "a", ProviderLimits.UNSAID);

    assertThat(take("b", 800)).isEqualTo(new Verdict.Wait(Duration.ofSeconds(6)));
  }

  @Test
  void aRefusalClosesAndOneQuestionAtATimeTriesAfterIt() {
    said(tokens(8000, 0, MINUTE));
    take("a", 10);
    take("b", 10);
    budget = budget.refused(now, "a", Duration.ofSeconds(3));
    assertThat(take("c", 10)).isEqualTo(new Verdict.Wait(Duration.ofSeconds(3)));

    // Asked before the refusal: says nothing about the time after.
    answer("b", tokens(8000, 10, MINUTE));
    assertThat(take("c", 10)).isEqualTo(new Verdict.Wait(Duration.ofSeconds(3)));

    pass(Duration.ofSeconds(3));
    assertThat(take("c", 10)).isEqualTo(new Verdict.Granted(true));
    assertThat(take("d", 10)).isEqualTo(new Verdict.Wait(ModelBudget.LONGEST_DOUBT));
    budget = budget.refused(now, "c", Duration.ofSeconds(5));
    assertThat(take("d", 10)).isEqualTo(new Verdict.Wait(Duration.ofSeconds(5)));

    pass(Duration.ofSeconds(5));
    take("d", 10);
    answer("d", tokens(8000, 20, MINUTE));
    assertThat(take("e", 10)).isEqualTo(new Verdict.Granted(true));
    assertThat(take("f", 10)).isEqualTo(new Verdict.Granted(true));
  }

  @Test
  void aTrialThatWasNotAskedLeavesRoomForAnother() {
    budget = budget.refused(now, "?", Duration.ofSeconds(1));
    pass(Duration.ofSeconds(1));
    take("a", 10);
    assertThat(take("b", 10)).isInstanceOf(Verdict.Wait.class);

    budget = budget.released("a");

    assertThat(take("b", 10)).isEqualTo(new Verdict.Granted(true));
  }

  @Test
  void aRefusalWithoutATimeIsNotAnsweredByAnotherQuestionAtOnce() {
    budget = budget.refused(now, "a", Duration.ZERO);

    assertThat(take("b", 10)).isEqualTo(new Verdict.Wait(ModelBudget.SHORTEST_CLOSURE));
  }

  @Test
  void aShorterRefusalDoesNotEndALongerOne() {
    budget =
        budget.refused(now, "a", Duration.ofSeconds(9)).refused(now, "b", Duration.ofSeconds(1));

    assertThat(take("c", 10)).isEqualTo(new Verdict.Wait(Duration.ofSeconds(9)));
  }

  @Test
  void whoIsRefusedForLongerThanAMinuteIsNotToWait() {
    budget = budget.refused(now, "a", MINUTE.plusSeconds(1));
    assertThat(take("b", 10)).isEqualTo(new Verdict.UsedUp(MINUTE.plusSeconds(1)));

    pass(Duration.ofSeconds(1));
    assertThat(take("b", 10)).isEqualTo(new Verdict.Wait(MINUTE));
  }

  @Test
  void anUnlimitedModelThatRefusesIsTriedByOneQuestionAtATime() {
    budget = budget.answered(now, "?", ProviderLimits.UNSAID);
    budget = budget.refused(now, "?", Duration.ofSeconds(1));
    pass(Duration.ofSeconds(1));

    assertThat(take("a", 10)).isEqualTo(new Verdict.Granted(true));
    assertThat(take("b", 10)).isInstanceOf(Verdict.Wait.class);
    budget = budget.answered(now, "a", ProviderLimits.UNSAID);
    assertThat(take("b", 10)).isEqualTo(new Verdict.Granted(false));
    assertThat(budget.underWay()).isEqualTo(UnderWay.NOTHING);
  }

  @Test
  void whoIsNeverAnsweredIsForgottenButNotWhatItTook() {
    take("a", 10);
    pass(UnderWay.EXPIRY.plusNanos(1));
    assertThat(take("b", 10)).isEqualTo(new Verdict.Granted(true));

    assertThat(budget.underWay().questions())
        .extracting(UnderWay.Question::id)
        .containsExactly("b");
  }

  @Test
  void onlySoManyAreTracked() {
    said(tokens(1_000_000, 0, MINUTE));
    for (int question = 0; question < UnderWay.MOST + 10; question++) {
      take("q" + question, 1);
    }
    assertThat(budget.underWay().questions()).hasSize(UnderWay.MOST);

    for (int question = UnderWay.MOST + 9; question >= 0; question--) {
      answer("q" + question, tokens(1_000_000, 500, MINUTE));
    }
    assertThat(budget.underWay()).isEqualTo(UnderWay.NOTHING);
  }

  @Test
  void aPaceThatTheProviderDoesNotTellIsKeptAllTheSame() {
    budget = budget.answered(now, "?", ProviderLimits.UNSAID);
    for (int question = 0; question < 30; question++) {
      assertThat(take("q" + question, 1, 30)).isEqualTo(new Verdict.Granted(true));
    }
    assertThat(take("next", 1, 30)).isEqualTo(new Verdict.Wait(Duration.ofSeconds(2)));
    assertThat(take("next", 1, 0)).isEqualTo(new Verdict.Granted(false));
  }

  @Test
  void whatWasNotSentGivesItsPaceBackWhatWasSentDoesNot() {
    budget = budget.answered(now, "?", ProviderLimits.UNSAID);
    for (int question = 0; question < 30; question++) {
      take("q" + question, 1, 30);
    }

    budget = budget.answered(now, "q0", ProviderLimits.UNSAID).released("q0").released("q1");

    assertThat(take("next", 1, 30)).isEqualTo(new Verdict.Granted(true));
    assertThat(take("after", 1, 30)).isEqualTo(new Verdict.Wait(Duration.ofSeconds(2)));
  }

  @Test
  void aPaceLeavesNothingBehindOnceAllAreAnswered() {
    for (String question : List.of("a", "b", "c")) {
      take(question, 1, 30);
      budget = budget.answered(now, question, ProviderLimits.UNSAID);
    }

    assertThat(budget.underWay()).isEqualTo(UnderWay.NOTHING);
  }

  @Test
  void learnsWhatTheProviderCountsForAQuestionBeyondOurCount() {
    take("a", 1000);
    answer("a", tokens(8000, 1070, MINUTE));
    assertThat(budget.surcharge()).isEqualTo(70);
    assertThat(take("b", 7931)).isEqualTo(new Verdict.TooLarge(7930));

    take("b", 1000);
    answer("b", tokens(8000, 2140, MINUTE));

    assertThat(budget.surcharge()).isEqualTo(70);
  }

  @Test
  void whatSomebodyElseHasAskedIsNotTakenForASurcharge() {
    take("a", 1000);
    answer("a", tokens(8000, 1401, MINUTE));

    assertThat(budget.surcharge()).isZero();
  }

  @Test
  void tellsWhenTheLastOfSeveralMayGo() {
    said(tokens(8000, 8000, MINUTE));

    assertThat(budget.eta(now, 16_000, 4)).isEqualTo(Duration.ofMinutes(2));
    assertThat(budget.refused(now, "?", Duration.ofSeconds(7)).eta(now, 0, 1))
        .isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void aBucketThatCannotBeIsRefused() {
    assertThatThrownBy(() -> new LeakyBucket(0, MINUTE, now))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new LeakyBucket(1, Duration.ZERO, now))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void hugeLimitsDoNotOverflow() {
    LeakyBucket bucket = LeakyBucket.empty(Long.MAX_VALUE, DAY, now).with(Long.MAX_VALUE / 2, now);

    assertThat(bucket.level(now)).isBetween(Long.MAX_VALUE / 2, Long.MAX_VALUE / 2 + 200_000_000);
  }

  /** How long a full bucket of this limit takes to run empty is the window. */
  private static Window tokens(long limit, long used, Duration window) {
    return new Window(limit, limit - used, window.multipliedBy(used).dividedBy(limit));
  }

  private void said(Window tokens) {
    answer("somebody else's", tokens);
  }

  private void answer(String id, Window tokens) {
    budget = budget.answered(now, id, new ProviderLimits(tokens, null));
  }

  private Verdict take(String id, long cost) {
    return take(id, cost, 0);
  }

  private Verdict take(String id, long cost, int perMinute) {
    Taking taking = budget.take(now, id, cost, perMinute);
    budget = taking.budget();
    return taking.verdict();
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }
}
