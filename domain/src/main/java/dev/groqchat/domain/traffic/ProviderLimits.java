package dev.groqchat.domain.traffic;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a provider says of its limits along with an answer; both parts are of the model that was
 * asked.
 *
 * @param tokens those of a minute; null if it did not say
 * @param requests those of a day; null if it did not say
 */
public record ProviderLimits(@Nullable Window tokens, @Nullable Window requests) {
  /** A provider that says nothing. */
  public static final ProviderLimits UNSAID = new ProviderLimits(null, null);

  /**
   * One limit, as it stands after the question that was answered.
   *
   * @param limit the most that fits; at least 1
   * @param remaining what is left of it, from 0 to the limit
   * @param reset how long it takes until all of it is back
   */
  public record Window(long limit, long remaining, Duration reset) {
    public Window {
      if (limit < 1 || remaining < 0 || remaining > limit || reset.isNegative()) {
        throw new IllegalArgumentException("no limit: " + remaining + " of " + limit);
      }
    }
  }
}
