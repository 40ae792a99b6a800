package dev.groqchat.simulator;

import java.time.Duration;

/**
 * What an organisation may use of each model.
 *
 * @param minute how long the window lasts that is called a minute; a shorter one is for tests
 * @param day the same of a day
 */
public record Plan(
    long requestsPerMinute,
    long requestsPerDay,
    long tokensPerMinute,
    long tokensPerDay,
    Duration minute,
    Duration day) {
  private static final long NO_LIMIT = 1_000_000_000;
  private static final int MINUTES_OF_A_DAY = 1_440;
  private static final int SECONDS_OF_A_MINUTE = 60;

  public Plan {
    if (requestsPerMinute < 1 || requestsPerDay < 1 || tokensPerMinute < 1 || tokensPerDay < 1)
      throw new IllegalArgumentException("a plan's limits are positive");
    if (!minute.isPositive() || !day.isPositive())
      throw new IllegalArgumentException("a plan's windows are positive");
  }

  /** Limits of true minutes and days. */
  public Plan(
      long requestsPerMinute, long requestsPerDay, long tokensPerMinute, long tokensPerDay) {
    this(
        requestsPerMinute,
        requestsPerDay,
        tokensPerMinute,
        tokensPerDay,
        Duration.ofMinutes(1),
        Duration.ofDays(1));
  }

  /** The provider's free plan. */
  public static Plan free() {
    return new Plan(30, 1_000, 8_000, 200_000);
  }

  /** The provider's developer plan; the default. */
  public static Plan developer() {
    return new Plan(1_000, 500_000, 250_000, NO_LIMIT);
  }

  /** Limits that no load run reaches. */
  public static Plan unlimited() {
    return new Plan(NO_LIMIT, NO_LIMIT, NO_LIMIT, NO_LIMIT);
  }

  /**
   * The same limits in less time: a minute lasts so long, and a day as many of these as it has. All
   * that is said of waits and resets follows.
   */
  public Plan scaled(Duration newMinute) {
    return new Plan(
        requestsPerMinute,
        requestsPerDay,
        tokensPerMinute,
        tokensPerDay,
        newMinute,
        newMinute.multipliedBy(MINUTES_OF_A_DAY));
  }

  /** What {@code retry-after} is rounded up to: a second, which is a minute's sixtieth. */
  Duration second() {
    return minute.dividedBy(SECONDS_OF_A_MINUTE);
  }

  static Plan named(String name) {
    return switch (name) {
      case "free" -> free();
      case "developer" -> developer();
      case "unlimited" -> unlimited();
      default ->
          throw new IllegalArgumentException(
              "plan is '" + name + "', must be free, developer or unlimited");
    };
  }
}
