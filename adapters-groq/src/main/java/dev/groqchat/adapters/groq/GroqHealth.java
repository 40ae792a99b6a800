package dev.groqchat.adapters.groq;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Shows in the health how each model's breaker stands. It is always up: a provider that fails is no
 * reason to restart us, or to send people to another instance that asks the same one.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(HealthIndicator.class)
class GroqHealth {
  @Bean
  HealthIndicator circuitBreakersHealthIndicator(CircuitBreakerRegistry circuitBreakers) {
    return () -> Health.up().withDetails(states(circuitBreakers)).build();
  }

  private static Map<String, Object> states(CircuitBreakerRegistry circuitBreakers) {
    Map<String, Object> states = new TreeMap<>();
    for (CircuitBreaker breaker : circuitBreakers.getAllCircuitBreakers()) {
      states.put(breaker.getName(), breaker.getState().name());
    }
    return states;
  }
}
