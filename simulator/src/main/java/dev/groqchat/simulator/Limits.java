package dev.groqchat.simulator;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One model's limits: four buckets, of which two can be seen in headers. Thread-safe. */
final class Limits {
  private final InstantSource clock;
  private final Instant start;
  private final Duration second;
  private final LeakyBucket dailyRequests;
  private final LeakyBucket minuteTokens;
  private final List<Rule> rules;

  Limits(Plan plan, InstantSource clock) {
    this.clock = clock;
    this.start = clock.instant();
    second = plan.second();
    dailyRequests = new LeakyBucket(plan.requestsPerDay(), plan.day());
    minuteTokens = new LeakyBucket(plan.tokensPerMinute(), plan.minute());
    rules =
        List.of(
            new Rule(
                new LeakyBucket(plan.requestsPerMinute(), plan.minute()),
                "requests",
                "requests per minute (RPM)"),
            new Rule(dailyRequests, "requests", "requests per day (RPD)"),
            new Rule(minuteTokens, "tokens", "tokens per minute (TPM)"),
            new Rule(
                new LeakyBucket(plan.tokensPerDay(), plan.day()),
                "tokens",
                "tokens per day (TPD)"));
  }

  private record Rule(LeakyBucket bucket, String type, String words) {
    long amount(long tokens) {
      return type.equals("tokens") ? tokens : 1;
    }
  }

  /** Takes one request of so many tokens from every bucket, or nothing from any and says why. */
  synchronized Optional<Denial> admit(long tokens) {
    long now = now();
    for (var rule : rules) {
      long amount = rule.amount(tokens);
      if (!rule.bucket.fits(amount, now)) return Optional.of(denial(rule, amount, now));
    }
    rules.forEach(rule -> rule.bucket.add(rule.amount(tokens), now));
    return Optional.empty();
  }

  private Denial denial(Rule rule, long amount, long now) {
    var bucket = rule.bucket;
    return new Denial(
        rule.type,
        rule.words,
        bucket.limit(),
        bucket.used(now),
        amount,
        amount > bucket.limit(),
        bucket.waitFor(amount, now),
        second);
  }

  /**
   * The six recorded headers: requests are those of the day, tokens those of the minute. The other
   * two limits have none.
   */
  synchronized Map<String, String> headers() {
    long now = now();
    var headers = new LinkedHashMap<String, String>();
    headers.put("x-ratelimit-limit-requests", Long.toString(dailyRequests.limit()));
    headers.put("x-ratelimit-limit-tokens", Long.toString(minuteTokens.limit()));
    headers.put("x-ratelimit-remaining-requests", Long.toString(dailyRequests.remaining(now)));
    headers.put("x-ratelimit-remaining-tokens", Long.toString(minuteTokens.remaining(now)));
    headers.put("x-ratelimit-reset-requests", GoDuration.format(dailyRequests.reset(now)));
    headers.put("x-ratelimit-reset-tokens", GoDuration.format(minuteTokens.reset(now)));
    return headers;
  }

  private long now() {
    return ChronoUnit.NANOS.between(start, clock.instant());
  }

  /**
   * Why a request was not admitted. One that is larger than the whole limit will never be.
   *
   * @param second what the header's wait is rounded up to
   */
  record Denial(
      String type,
      String words,
      long limit,
      long used,
      long requested,
      boolean tooLarge,
      Duration retryAfter,
      Duration second) {

    /** The header's value: whole seconds, or a fraction where a minute is a shorter one. */
    String retryAfterSeconds() {
      long steps = Math.ceilDiv(retryAfter.toNanos(), second.toNanos());
      return BigDecimal.valueOf(second.multipliedBy(steps).toNanos(), 9)
          .setScale(3, RoundingMode.CEILING)
          .stripTrailingZeros()
          .toPlainString();
    }
  }
}
