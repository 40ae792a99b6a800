package dev.groqchat.adapters.persistence.redis;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.data.redis.autoconfigure.ClientResourcesBuilderCustomizer;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Plugs the stores in that many instances share. The connection is Spring Boot's: {@code
 * spring.data.redis.*} with Sentinel, Cluster and TLS. Nothing here waits for Redis: the service
 * starts without it.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "groqchat.store.kind", havingValue = "redis")
public class RedisConfiguration {
  @Bean
  static LettuceClientOptionsBuilderCustomizer redisClientOptions() {
    return RedisClients::options;
  }

  @Bean
  static ClientResourcesBuilderCustomizer redisClientResources() {
    return RedisClients::resources;
  }

  @Bean
  RedisGate redisGate(LettuceConnectionFactory connections, RedisSettings settings) {
    return new RedisGate(connections.getRequiredNativeClient(), settings.patience());
  }

  @Bean
  RedisSignals redisSignals(RedisGate gate) {
    return new RedisSignals(gate);
  }
}
