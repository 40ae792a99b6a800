package dev.groqchat.adapters.persistence;

import dev.groqchat.adapters.persistence.memory.MemoryLimits;
import dev.groqchat.adapters.persistence.memory.MemoryStores;
import dev.groqchat.adapters.persistence.redis.RedisConfiguration;
import dev.groqchat.adapters.persistence.redis.RedisSettings;
import dev.groqchat.application.port.out.BudgetStore;
import dev.groqchat.application.port.out.RateLimits;
import dev.groqchat.application.port.out.ReplyCache;
import dev.groqchat.domain.traffic.Allowance;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Plugs the stores in: those in memory, or those in Redis, and what both have in common. */
@Configuration(proxyBeanMethods = false)
@Import({MemoryConfiguration.class, RedisConfiguration.class})
@EnableConfigurationProperties(PersistenceProperties.class)
public class PersistenceConfiguration {
  /** What the stores in Redis go by; without it they are not asked for. */
  @Bean
  RedisSettings redisSettings(PersistenceProperties properties) {
    return properties.redisSettings();
  }

  /** What each instance keeps in memory, be it all there is or not. */
  @Bean
  MemoryLimits memoryLimits(PersistenceProperties properties) {
    return properties.memoryLimits();
  }

  // What follows is each instance's own, whatever the kind.

  /** By the application's clock if it has one. */
  @Bean
  MemoryStores memoryStores(MemoryLimits limits, ObjectProvider<InstantSource> clock) {
    return new MemoryStores(limits, clock.getIfAvailable(InstantSource::system));
  }

  @Bean
  BudgetStore budgetStore(MemoryStores stores) {
    return stores.budgets();
  }

  @Bean
  RateLimits rateLimits() {
    return new RateLimits() {
      @Override
      public Allowance take(String client, long tokens) {
        return Allowance.UNLIMITED;
      }

      @Override
      public void settle(String client, long taken, long used) {}
    };
  }

  @Bean
  ReplyCache replyCache() {
    return new ReplyCache() {
      @Override
      public Optional<Kept> find(String key) {
        return Optional.empty();
      }

      @Override
      public void keep(String key, Kept reply) {}
    };
  }
}
