package dev.groqchat.adapters.groq;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.github.resilience4j.micrometer.tagged.TaggedRetryMetrics;
import io.github.resilience4j.retry.RetryRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Shows breakers and retries in the metrics, where there are any. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(MeterBinder.class)
class GroqMetrics {
  @Bean
  MeterBinder circuitBreakerMetrics(CircuitBreakerRegistry circuitBreakers) {
    return TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(circuitBreakers);
  }

  @Bean
  MeterBinder retryMetrics(RetryRegistry retries) {
    return TaggedRetryMetrics.ofRetryRegistry(retries);
  }
}
