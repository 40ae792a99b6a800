package dev.groqchat.adapters.persistence;

import dev.groqchat.adapters.persistence.memory.MemoryStores;
import dev.groqchat.application.port.out.BudgetStore;
import dev.groqchat.application.port.out.ConversationStore;
import dev.groqchat.application.port.out.Instances;
import dev.groqchat.application.port.out.RateLimits;
import dev.groqchat.application.port.out.ReplyCache;
import dev.groqchat.application.port.out.TicketStore;
import dev.groqchat.application.port.out.TurnJournal;
import dev.groqchat.application.port.out.TurnStore;
import dev.groqchat.domain.traffic.Allowance;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Plugs the stores in. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PersistenceProperties.class)
public class PersistenceConfiguration {
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
