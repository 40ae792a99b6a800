package dev.groqchat.simulator;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * When it is said. What is not given is the configuration's.
 *
 * @param rate tokens a second; 0 is as fast as the socket takes them
 * @param first from the head to the first token
 * @param head silence before the head
 * @param stallAfter silence after so many tokens, or before the head if negative
 * @param stallFor how long that silence lasts; until the client goes if not given
 */
record Pacing(
    OptionalDouble rate,
    Optional<Duration> first,
    Duration head,
    OptionalInt stallAfter,
    Duration stallFor) {
  static final int BEFORE_HEAD = -1;
  static final Duration FOR_EVER = Duration.ofDays(1);
  static final Pacing DEFAULT =
      new Pacing(
          OptionalDouble.empty(), Optional.empty(), Duration.ZERO, OptionalInt.empty(), FOR_EVER);

  Pacing {
    double r = rate.orElse(0);
    if (!(r >= 0 && r <= 1_000_000))
      throw new BadScript("rate", "must be 0 to 1000000 tokens a second");
  }

  Pacing rate(double tokensPerSecond) {
    return new Pacing(OptionalDouble.of(tokensPerSecond), first, head, stallAfter, stallFor);
  }

  Pacing first(Duration silence) {
    return new Pacing(rate, Optional.of(silence), head, stallAfter, stallFor);
  }

  Pacing head(Duration silence) {
    return new Pacing(rate, first, silence, stallAfter, stallFor);
  }

  Pacing stallAfter(int tokens) {
    return new Pacing(rate, first, head, OptionalInt.of(tokens), stallFor);
  }

  Pacing stallFor(Duration silence) {
    return new Pacing(rate, first, head, stallAfter, silence);
  }

  /** What is not given is so. */
  Pacing or(double tokensPerSecond, Duration silence) {
    var given = rate.isPresent() ? this : rate(tokensPerSecond);
    return given.first.isPresent() ? given : given.first(silence);
  }

  boolean stallsAfter(int tokens) {
    return stallAfter.isPresent() && stallAfter.getAsInt() == tokens;
  }
}
