package dev.groqchat.bootstrap;

import dev.groqchat.application.port.in.CreateConversation;
import dev.groqchat.application.port.in.DeleteConversation;
import dev.groqchat.application.port.in.EditConversation;
import dev.groqchat.application.port.in.FollowTurn;
import dev.groqchat.application.port.in.IssueTicket;
import dev.groqchat.application.port.in.ListConversations;
import dev.groqchat.application.port.in.ListModels;
import dev.groqchat.application.port.in.ReadContext;
import dev.groqchat.application.port.in.ReadConversation;
import dev.groqchat.application.port.in.ReadTurn;
import dev.groqchat.application.port.in.RedeemTicket;
import dev.groqchat.application.port.in.RelayQuestion;
import dev.groqchat.application.port.in.StartTurn;
import dev.groqchat.application.port.in.StopTurn;
import dev.groqchat.application.port.in.WatchDrain;
import dev.groqchat.application.port.out.BudgetStore;
import dev.groqchat.application.port.out.ChatModel;
import dev.groqchat.application.port.out.ConversationStore;
import dev.groqchat.application.port.out.Instances;
import dev.groqchat.application.port.out.ModelCatalog;
import dev.groqchat.application.port.out.RateLimits;
import dev.groqchat.application.port.out.ReplyCache;
import dev.groqchat.application.port.out.Telemetry;
import dev.groqchat.application.port.out.TicketStore;
import dev.groqchat.application.port.out.TokenCounter;
import dev.groqchat.application.port.out.TurnJournal;
import dev.groqchat.application.port.out.TurnStore;
import dev.groqchat.application.usecase.Ports;
import dev.groqchat.application.usecase.UseCases;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The use cases over whatever adapters there are, each in-port a bean of its own. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ChatProperties.class, LogProperties.class})
class ApplicationConfiguration {
  @Bean
  InstantSource clock() {
    return InstantSource.system();
  }

  /** Each adapter brings some of these; there is one of each. */
  @Bean
  Ports ports(
      ConversationStore conversations,
      TurnStore turns,
      TurnJournal journal,
      TicketStore tickets,
      Instances instances,
      ChatModel model,
      ModelCatalog catalog,
      TokenCounter tokens,
      RateLimits limits,
      BudgetStore budgets,
      ReplyCache replies,
      Telemetry telemetry) {
    return new Ports(
        conversations,
        turns,
        journal,
        tickets,
        instances,
        model,
        catalog,
        tokens,
        limits,
        budgets,
        replies,
        telemetry);
  }

  @Bean
  Telemetry telemetry(MeterRegistry registry, ModelCatalog catalog) {
    return new Meters(registry, catalog);
  }

  @Bean
  MeterBinder openTurns(UseCases useCases) {
    return registry ->
        Gauge.builder("groqchat.turns.open", useCases, UseCases::openTurns).register(registry);
  }

  @Bean
  MeterBinder waitingTurns(UseCases useCases) {
    return registry ->
        Gauge.builder("groqchat.turns.waiting", useCases, UseCases::waitingTurns)
            .register(registry);
  }

  @Bean
  UseCases useCases(Ports ports, ChatProperties properties, InstantSource clock) {
    return new UseCases(ports, properties.settings(), clock, new SecureRandom());
  }

  @Bean
  StartTurn startTurn(UseCases useCases) {
    return useCases.startTurn();
  }

  @Bean
  FollowTurn followTurn(UseCases useCases) {
    return useCases.followTurn();
  }

  @Bean
  StopTurn stopTurn(UseCases useCases) {
    return useCases.stopTurn();
  }

  @Bean
  ReadTurn readTurn(UseCases useCases) {
    return useCases.readTurn();
  }

  @Bean
  ReadContext readContext(UseCases useCases) {
    return useCases.readContext();
  }

  @Bean
  CreateConversation createConversation(UseCases useCases) {
    return useCases.createConversation();
  }

  @Bean
  ReadConversation readConversation(UseCases useCases) {
    return useCases.readConversation();
  }

  @Bean
  ListConversations listConversations(UseCases useCases) {
    return useCases.listConversations();
  }

  @Bean
  EditConversation editConversation(UseCases useCases) {
    return useCases.editConversation();
  }

  @Bean
  DeleteConversation deleteConversation(UseCases useCases) {
    return useCases.deleteConversation();
  }

  @Bean
  IssueTicket issueTicket(UseCases useCases) {
    return useCases.issueTicket();
  }

  @Bean
  RedeemTicket redeemTicket(UseCases useCases) {
    return useCases.redeemTicket();
  }

  @Bean
  WatchDrain watchDrain(UseCases useCases) {
    return useCases.watchDrain();
  }

  @Bean
  RelayQuestion relayQuestion(UseCases useCases) {
    return useCases.relayQuestion();
  }

  @Bean
  ListModels listModels(UseCases useCases) {
    return useCases.listModels();
  }
}
