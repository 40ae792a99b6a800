package dev.groqchat.adapters.groq;

import dev.groqchat.application.fixtures.FakeClock;
import dev.groqchat.application.port.out.ChatModel;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.retry.Retry;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A gateway's decorators as the configuration puts them together, in time that the test drives. */
final class Chain {
  /** The library takes ten seconds for not over until more than that have passed. */
  static final Duration OPEN = Duration.ofMillis(10_001);

  final FakeClock clock = new FakeClock();
  final CircuitBreakerRegistry registry =
      CircuitBreakerRegistry.of(Breakers.config(clock.withZone(ZoneOffset.UTC)));

  /** Those that were made between attempts; none lasts. */
  final List<Duration> pauses = new CopyOnWriteArrayList<>();

  final ChatModel model;

  Chain(Gateway gateway) {
    model =
        new RetryingChatModel(
            new GuardedChatModel(
                new EagerChatModel(gateway.model), new Breakers(registry, _ -> true)),
            Retry.of("test", Retries.config()),
            Gateway.LONG,
            System::nanoTime,
            pauses::add);
  }

  CircuitBreaker.State state(String model) {
    return registry.circuitBreaker(model).getState();
  }
}
