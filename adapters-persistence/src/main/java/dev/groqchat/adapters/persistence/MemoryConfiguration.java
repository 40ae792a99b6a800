package dev.groqchat.adapters.persistence;

import dev.groqchat.adapters.persistence.memory.MemoryLimits;
import dev.groqchat.adapters.persistence.memory.MemoryStores;
import dev.groqchat.application.port.out.BudgetStore;
import dev.groqchat.application.port.out.ConversationStore;
import dev.groqchat.application.port.out.Instances;
import dev.groqchat.application.port.out.TicketStore;
import dev.groqchat.application.port.out.TurnJournal;
import dev.groqchat.application.port.out.TurnStore;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Plugs the stores in that one instance keeps for itself. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "groqchat.store.kind", havingValue = "memory", matchIfMissing = true)
class MemoryConfiguration {
  /** By the application's clock if it has one. */
  @Bean
  MemoryStores memoryStores(MemoryLimits limits, ObjectProvider<InstantSource> clock) {
    return new MemoryStores(limits, clock.getIfAvailable(InstantSource::system));
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
  TurnJournal turnJournal(MemoryStores stores) {
    return stores.journal();
  }

  @Bean
  BudgetStore budgetStore(MemoryStores stores) {
    return stores.budgets();
  }

  @Bean
  TicketStore ticketStore(MemoryStores stores) {
    return stores.tickets();
  }

  @Bean
  Instances instances(MemoryStores stores) {
    return stores.instances();
  }

  /** Memory is always there. */
  @Bean
  HealthIndicator storeHealthIndicator() {
    return () -> Health.up().withDetail("kind", "memory").build();
  }
}
