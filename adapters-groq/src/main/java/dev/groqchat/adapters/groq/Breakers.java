package dev.groqchat.adapters.groq;

import dev.groqchat.domain.model.ModelId;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A circuit breaker for each model that the provider offers. Clients name models as they like: all
 * others share one, and so do those beyond {@link #MOST}. Thread-safe.
 */
final class Breakers {
  /** How many models have one of their own. */
  static final int MOST = 1_000;

  /** Stands in metrics for all models that have none of their own. */
  static final String OTHERS = "others";

  /** How long a model is left alone before one call may try it. */
  static final Duration OPEN_FOR = Duration.ofSeconds(10);

  /** So many of the latest calls are looked at, from so many on, and so many percent may fail. */
  private static final int WINDOW = 20;

  private static final int LEAST_CALLS = 10;
  private static final float TOO_MANY_PERCENT = 50;

  private final CircuitBreakerRegistry registry;
  private final Predicate<ModelId> offered;
  private final ConcurrentMap<String, Breaker> breakers = new ConcurrentHashMap<>();

  /**
   * Over a registry, which shows them to whoever runs the service.
   *
   * @param offered whether the provider has this model
   */
  Breakers(CircuitBreakerRegistry registry, Predicate<ModelId> offered) {
    this.registry = registry;
    this.offered = offered;
  }

  /** When they open and close. */
  static CircuitBreakerConfig config(Clock clock) {
    return CircuitBreakerConfig.custom()
        .clock(clock)
        .currentTimestampFunction(Clock::millis, TimeUnit.MILLISECONDS)
        // Replies are long. Without this, twenty of over a minute would open it, however good.
        .slowCallDurationThreshold(Duration.ofDays(1))
        .slidingWindow(WINDOW, LEAST_CALLS, SlidingWindowType.COUNT_BASED)
        .failureRateThreshold(TOO_MANY_PERCENT)
        .waitDurationInOpenState(OPEN_FOR)
        .permittedNumberOfCallsInHalfOpenState(1)
        // The next call finds out that the wait is over: no thread has to.
        .automaticTransitionFromOpenToHalfOpenEnabled(false)
        .build();
  }

  Breaker of(ModelId model) {
    Breaker known = breakers.get(model.value());
    if (known != null) {
      return known;
    }
    boolean own = breakers.size() < MOST && offered.test(model);
    return breakers.computeIfAbsent(
        own ? model.value() : OTHERS, name -> new Breaker(registry.circuitBreaker(name)));
  }
}
