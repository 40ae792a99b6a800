package dev.groqchat.domain.traffic;

import java.time.Duration;

/**
 * What a client has left of its limit.
 *
 * @param limit how many requests may come at once; 0 where there is no limit
 * @param remaining how many of these are left
 * @param reset how long it takes until all are back
 */
public record Allowance(long limit, long remaining, Duration reset) {
  /** Nothing is counted. */
  public static final Allowance UNLIMITED = new Allowance(0, 0, Duration.ZERO);

  public boolean unlimited() {
    return limit == 0;
  }
}
