package dev.groqchat.adapters.persistence.redis;

import dev.groqchat.adapters.persistence.memory.MemoryLimits;
import dev.groqchat.application.port.out.ConversationStore;
import dev.groqchat.application.port.out.TicketStore;
import dev.groqchat.application.port.out.TurnStore;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.data.redis.autoconfigure.ClientResourcesBuilderCustomizer;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.boot.health.contributor.HealthIndicator;
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

  @Bean
  RedisInstances instances(RedisGate gate, RedisSignals signals, RedisSettings settings) {
    return new RedisInstances(gate, signals, settings);
  }

  @Bean
  RedisTurnJournal turnJournal(
      RedisGate gate,
      RedisSignals signals,
      RedisInstances instances,
      MemoryLimits limits,
      ObjectProvider<InstantSource> clock) {
    return new RedisTurnJournal(
        gate,
        signals,
        limits,
        RedisTurnJournal.MOST_MIRRORS,
        instances.id(),
        JournalPace.DEFAULT,
        clock.getIfAvailable(InstantSource::system));
  }

  @Bean
  JournalsEnd journalsEnd(RedisTurnJournal journal) {
    return new JournalsEnd(journal);
  }

  @Bean
  RedisPresence redisPresence(RedisGate gate, RedisInstances instances) {
    return new RedisPresence(gate, instances);
  }

  @Bean
  ConversationStore conversationStore(RedisGate gate, RedisSettings settings) {
    return new RedisConversationStore(gate, settings);
  }

  @Bean
  TurnStore turnStore(
      RedisGate gate, RedisSignals signals, RedisInstances instances, RedisSettings settings) {
    return new RedisTurnStore(gate, signals, instances, settings);
  }

  @Bean
  TicketStore ticketStore(RedisGate gate) {
    return new RedisTicketStore(gate);
  }

  @Bean
  HealthIndicator storeHealthIndicator(RedisGate gate) {
    return new RedisHealth(gate);
  }
}
