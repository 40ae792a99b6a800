package dev.groqchat.bootstrap;

import dev.groqchat.adapters.groq.GroqProperties;
import dev.groqchat.adapters.web.settings.ServiceInfo;
import dev.groqchat.application.usecase.TurnSettings;
import java.net.URI;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

/** What the service says of itself. */
@Configuration(proxyBeanMethods = false)
class ServiceInfoConfiguration {
  @Bean
  ServiceInfo serviceInfo(
      BuildProperties build, GroqProperties groq, ChatProperties chat, Environment environment) {
    boolean demo = environment.acceptsProfiles(Profiles.of("demo"));
    TurnSettings settings = chat.settings();
    return new ServiceInfo(
        String.valueOf(build.getVersion()),
        demo ? "simulator" : String.valueOf(URI.create(groq.baseUrl()).getHost()),
        demo,
        settings.model(),
        new ServiceInfo.Limits(
            settings.maxTokens(),
            settings.maxExchanges(),
            settings.rules().maxMessageLength(),
            settings.rules().maxPromptLength(),
            settings.maxOpenTurns()));
  }
}
