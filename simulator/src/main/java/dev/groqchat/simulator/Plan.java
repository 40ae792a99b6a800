package dev.groqchat.simulator;

/** What an organisation may use of each model. */
public record Plan(
    long requestsPerMinute, long requestsPerDay, long tokensPerMinute, long tokensPerDay) {
  private static final long NO_LIMIT = 1_000_000_000;

  public Plan {
    if (requestsPerMinute < 1 || requestsPerDay < 1 || tokensPerMinute < 1 || tokensPerDay < 1)
      throw new IllegalArgumentException("a plan's limits are positive");
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
