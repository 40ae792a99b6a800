package dev.groqchat.adapters.persistence.redis;

import dev.groqchat.adapters.persistence.memory.MemoryRateLimits;
import dev.groqchat.adapters.persistence.memory.NoReplyCache;
import dev.groqchat.adapters.persistence.memory.Quotas;
import dev.groqchat.application.port.out.BudgetStore;
import dev.groqchat.application.port.out.RateLimits;
import dev.groqchat.application.port.out.ReplyCache;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Plugs in what instances share of their traffic: limits, budgets, and replies to use again. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "groqchat.store.kind", havingValue = "redis")
public class RedisTrafficConfiguration {
  @Bean
  RateLimits rateLimits(
      RedisGate gate, RedisSettings settings, Quotas quotas, ObjectProvider<InstantSource> clock) {
    InstantSource time = clock.getIfAvailable(InstantSource::system);
    RateLimits alone =
        new MemoryRateLimits(quotas, quotas.share(), MemoryRateLimits.MOST_CLIENTS, time);
    // Asked before the call itself: together they are to stay below what a call may take without
    // Redis.
    return new RedisRateLimits(gate, settings.patience().dividedBy(3), quotas, alone, time);
  }

  @Bean
  BudgetStore budgetStore(RedisGate gate) {
    return new RedisBudgetStore(gate);
  }

  @Bean
  ReplyCache replyCache(RedisGate gate, CacheSettings settings) {
    return settings.ttl().isZero() ? new NoReplyCache() : new RedisReplyCache(gate, settings);
  }
}
