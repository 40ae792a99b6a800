package dev.groqchat.adapters.persistence;

import dev.groqchat.adapters.persistence.memory.MemoryRateLimits;
import dev.groqchat.adapters.persistence.memory.MemoryReplyCache;
import dev.groqchat.adapters.persistence.memory.MemoryStores;
import dev.groqchat.adapters.persistence.memory.NoReplyCache;
import dev.groqchat.adapters.persistence.memory.Quotas;
import dev.groqchat.application.port.out.BudgetStore;
import dev.groqchat.application.port.out.ConversationStore;
import dev.groqchat.application.port.out.Instances;
import dev.groqchat.application.port.out.RateLimits;
import dev.groqchat.application.port.out.ReplyCache;
import dev.groqchat.application.port.out.TicketStore;
import dev.groqchat.application.port.out.TurnJournal;
import dev.groqchat.application.port.out.TurnStore;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Plugs the stores in. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
  PersistenceProperties.class,
  LimitProperties.class,
  CacheProperties.class
})
public class PersistenceConfiguration {
  /** About 50 MB at their most. */
  private static final int MOST_CLIENTS = 100_000;

  /** By the application's clock if it has one. */
  @Bean
  MemoryStores memoryStores(PersistenceProperties properties, ObjectProvider<InstantSource> clock) {
    return new MemoryStores(properties.memoryLimits(), clock.getIfAvailable(InstantSource::system));
  }

  @Bean
  ConversationStore conversationStore(MemoryStores stores) {
    return stores.conversations();
  }

  @Bean
  TurnStore turnStore(MemoryStores stores) {
    return stores.turns();
  }

  @Bean
  TicketStore ticketStore(MemoryStores stores) {
    return stores.tickets();
  }

  @Bean
  TurnJournal turnJournal(MemoryStores stores) {
    return stores.journal();
  }

  @Bean
  BudgetStore budgetStore(MemoryStores stores) {
    return stores.budgets();
  }

  @Bean
  Instances instances(MemoryStores stores) {
    return stores.instances();
  }

  @Bean
  RateLimits rateLimits(LimitProperties limits, ObjectProvider<InstantSource> clock) {
    Quotas quotas = limits.quotas();
    return new MemoryRateLimits(
        quotas, 1, MOST_CLIENTS, clock.getIfAvailable(InstantSource::system));
  }

  @Bean
  ReplyCache replyCache(CacheProperties cache, ObjectProvider<InstantSource> clock) {
    return cache.ttl().isZero()
        ? new NoReplyCache()
        : new MemoryReplyCache(
            cache.ttl(),
            cache.entries(),
            cache.memory().toBytes(),
            clock.getIfAvailable(InstantSource::system));
  }
}
