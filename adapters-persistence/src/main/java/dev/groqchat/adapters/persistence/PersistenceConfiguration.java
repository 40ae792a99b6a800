package dev.groqchat.adapters.persistence;

import dev.groqchat.adapters.persistence.memory.MemoryLimits;
import dev.groqchat.adapters.persistence.memory.Quotas;
import dev.groqchat.adapters.persistence.redis.CacheSettings;
import dev.groqchat.adapters.persistence.redis.RedisConfiguration;
import dev.groqchat.adapters.persistence.redis.RedisSettings;
import dev.groqchat.adapters.persistence.redis.RedisTrafficConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Plugs the stores in: those in memory, or those in Redis, and what both have in common. */
@Configuration(proxyBeanMethods = false)
@Import({
  MemoryConfiguration.class,
  MemoryTrafficConfiguration.class,
  RedisConfiguration.class,
  RedisTrafficConfiguration.class
})
@EnableConfigurationProperties({
  PersistenceProperties.class,
  LimitProperties.class,
  CacheProperties.class
})
public class PersistenceConfiguration {
  /** What the stores in Redis go by; without it they are not asked for. */
  @Bean
  RedisSettings redisSettings(PersistenceProperties properties) {
    return properties.redisSettings();
  }

  @Bean
  Quotas quotas(LimitProperties properties) {
    return properties.quotas();
  }

  /** What the cache in Redis goes by. */
  @Bean
  CacheSettings cacheSettings(CacheProperties properties) {
    return new CacheSettings(properties.ttl(), (int) properties.maxReply().toBytes());
  }

  /** What each instance keeps in memory, be it all there is or not. */
  @Bean
  MemoryLimits memoryLimits(PersistenceProperties properties) {
    return properties.memoryLimits();
  }
}
