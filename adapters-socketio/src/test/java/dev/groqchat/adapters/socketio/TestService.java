package dev.groqchat.adapters.socketio;

import dev.groqchat.application.fixtures.Fakes;
import dev.groqchat.application.fixtures.Fixtures;
import dev.groqchat.application.port.in.ReadConversation;
import dev.groqchat.application.usecase.TurnSettings;
import dev.groqchat.application.usecase.UseCases;
import dev.groqchat.domain.conversation.MessageRules;
import dev.groqchat.domain.conversation.Owner;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/** This surface alone, over the use cases and fakes of all they need. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(SocketIoConfiguration.class)
class TestService {
  /** What is read off the clock is always this; ids have their randomness. */
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  static final int LONGEST = 50;

  @Bean
  Fakes fakes() {
    return Fakes.fresh();
  }

  @Bean(destroyMethod = "close")
  UseCases useCases(Fakes fakes) {
    return new UseCases(
        fakes.ports(),
        new TurnSettings(
            Fixtures.MODEL,
            100,
            20,
            null,
            new MessageRules(LONGEST, 40),
            List.of(),
            Fixtures.admission(100)),
        InstantSource.system(),
        new SecureRandom());
  }

  @Bean
  Doorkeeper startTurn(UseCases useCases) {
    return new Doorkeeper(useCases.startTurn());
  }

  /** What a client is called is up to a header, to see that it is asked for. */
  @Bean
  ClientNames names() {
    return request -> Objects.requireNonNullElse(request.getHeader("X-Test-Name"), "nobody");
  }

  @Bean
  ReadConversation readConversation(UseCases useCases) {
    return useCases.readConversation();
  }

  @Bean
  InstantSource clock() {
    return InstantSource.fixed(NOW);
  }

  /** With keys, alice's is {@code alice's key}, and so on. */
  @Bean
  KeyHolders keys(Environment environment) {
    boolean required = environment.getProperty("keys", Boolean.class, false);
    return key ->
        !required
            ? Optional.of(Owner.SHARED)
            : Optional.ofNullable(key)
                .filter(it -> it.endsWith("s-key"))
                .map(it -> new Owner(it.substring(0, it.length() - "s-key".length())));
  }
}
