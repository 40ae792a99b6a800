package dev.groqchat.application.usecase.admission;

import java.time.Duration;
import java.util.Map;

/**
 * How turns are let in.
 *
 * @param atOnce how many at a time
 * @param mayWait how many more may wait; of those that may go on at a time, too, any may have to
 *     wait for the provider
 * @param patience how long one may wait
 * @param weights how many turns of a client are let in for each one of a client without a weight
 * @param perMinute requests that the provider allows in a minute without saying so; 0 if unknown
 */
public record Rules(
    int atOnce, int mayWait, Duration patience, Map<String, Integer> weights, int perMinute) {
  public Rules {
    weights = Map.copyOf(weights);
    if (atOnce < 1 || mayWait < 0 || !patience.isPositive() || perMinute < 0) {
      throw new IllegalArgumentException(
          "atOnce must be at least 1, mayWait and perMinute at least 0,"
              + " patience longer than nothing");
    }
    if (weights.values().stream().anyMatch(weight -> weight < 1)) {
      throw new IllegalArgumentException("weights must be at least 1");
    }
  }

  /** How many may be inside and waiting, together. */
  int places() {
    return Math.addExact(atOnce, mayWait);
  }

  int weight(String client) {
    return weights.getOrDefault(client, 1);
  }
}
