package dev.groqchat.adapters.groq;

import dev.groqchat.application.port.out.ChatModel;
import dev.groqchat.application.port.out.ModelCatalog;
import dev.groqchat.application.port.out.TokenCounter;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.retry.RetryRegistry;
import java.util.Map;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Makes the model, its catalog and its token counter out of {@link GroqProperties}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GroqProperties.class)
@Import({GroqMetrics.class, GroqHealth.class})
public class GroqConfiguration {
  @Bean(destroyMethod = "close")
  GroqHttp groqHttp(GroqProperties properties) {
    return new GroqHttp(properties);
  }

  @Bean
  TokenCounter tokenCounter() {
    return new JtokkitTokenCounter();
  }

  @Bean
  ModelCatalog modelCatalog(GroqHttp http, GroqProperties properties) {
    GroqModelCatalog catalog = new GroqModelCatalog(http, properties, System::nanoTime);
    catalog.refresh();
    return catalog;
  }

  @Bean
  CircuitBreakerRegistry circuitBreakers(GroqProperties properties) {
    return CircuitBreakerRegistry.custom()
        .withCircuitBreakerConfig(Breakers.config(new SteadyClock()))
        .withTags(Map.of("provider", properties.provider().word()))
        .build();
  }

  @Bean
  RetryRegistry retries() {
    return RetryRegistry.of(Retries.config());
  }

  /** An attempt that finds the model's breaker open is not made; each attempt counts for it. */
  @Bean
  ChatModel chatModel(
      GroqHttp http,
      GroqProperties properties,
      ModelCatalog catalog,
      TokenCounter counter,
      CircuitBreakerRegistry circuitBreakers,
      RetryRegistry retries) {
    Refusals refusals = new Refusals(new PromptSize(catalog, counter));
    ChatModel gateway = new EagerChatModel(new GroqChatModel(http, properties, refusals));
    Breakers breakers =
        new Breakers(
            circuitBreakers,
            model -> catalog.models().stream().anyMatch(it -> it.id().equals(model)));
    return new RetryingChatModel(
        new GuardedChatModel(gateway, breakers),
        retries.retry(properties.provider().word()),
        properties.beginningTimeout(),
        System::nanoTime,
        Thread::sleep);
  }
}
