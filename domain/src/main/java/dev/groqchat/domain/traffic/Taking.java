package dev.groqchat.domain.traffic;

import java.time.Duration;

/**
 * What came of asking for room in a budget.
 *
 * @param budget as it is from now on
 */
public record Taking(ModelBudget budget, Verdict verdict) {

  /** Whether a question may go. */
  public sealed interface Verdict {
    /**
     * It may, at once.
     *
     * @param tracked whether the budget wants to know what becomes of it
     */
    record Granted(boolean tracked) implements Verdict {}

    /** Not before this; asking earlier is of use only if an answer has come. */
    record Wait(Duration atLeast) implements Verdict {}

    /** Never: there is no room for so many tokens at all, but for these. */
    record TooLarge(long limit) implements Verdict {}

    /** Not for as long as this, which is too long to wait for. */
    record UsedUp(Duration retryAfter) implements Verdict {}
  }
}
