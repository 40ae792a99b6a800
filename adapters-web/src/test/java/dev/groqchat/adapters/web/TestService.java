package dev.groqchat.adapters.web;

import dev.groqchat.adapters.web.settings.ServiceInfo;
import dev.groqchat.application.fixtures.FakeCatalog;
import dev.groqchat.application.fixtures.Fakes;
import dev.groqchat.application.fixtures.Fixtures;
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
import dev.groqchat.application.port.in.StopTurn;
import dev.groqchat.application.port.in.WatchDrain;
import dev.groqchat.application.usecase.TurnSettings;
import dev.groqchat.application.usecase.UseCases;
import dev.groqchat.domain.conversation.MessageRules;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The surfaces over real use cases, which are over fakes. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import(WebConfiguration.class)
public class TestService {
  static final int MAX_PROMPT_LENGTH = 4000;
  static final int MAX_MESSAGE_LENGTH = 32_000;

  @Bean
  InstantSource clock() {
    return InstantSource.system();
  }

  @Bean
  Fakes fakes() {
    return Fakes.fresh();
  }

  @Bean
  UseCases useCases(Fakes fakes, InstantSource clock) {
    MessageRules rules = new MessageRules(MAX_MESSAGE_LENGTH, MAX_PROMPT_LENGTH);
    TurnSettings settings =
        new TurnSettings(
            FakeCatalog.DEFAULT, 1024, 20, null, rules, List.of(), Fixtures.admission(1000));
    return new UseCases(fakes.ports(), settings, clock, new SecureRandom());
  }

  @Bean
  ServiceInfo serviceInfo() {
    ServiceInfo.Limits limits =
        new ServiceInfo.Limits(1024, 20, MAX_MESSAGE_LENGTH, MAX_PROMPT_LENGTH, 1000);
    return new ServiceInfo("1.2.3", "fakes", true, FakeCatalog.DEFAULT, limits);
  }

  @Bean
  Site site(Fakes fakes, UseCases useCases) {
    return new Site(fakes, useCases);
  }

  @Bean
  Doorkeeper startTurn(UseCases useCases) {
    return new Doorkeeper(useCases.startTurn());
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
  ScriptedRelays relayQuestion() {
    return new ScriptedRelays();
  }

  @Bean
  ListModels listModels(UseCases useCases) {
    return useCases.listModels();
  }
}
