package dev.groqchat.adapters.groq;

import dev.groqchat.application.port.out.ChatModel;
import dev.groqchat.application.port.out.ModelCatalog;
import dev.groqchat.application.port.out.TokenCounter;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the model, its catalog and its token counter out of {@link GroqProperties}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GroqProperties.class)
public class GroqConfiguration {
  @Bean(destroyMethod = "close")
  GroqHttp groqHttp(GroqProperties properties) {
    return new GroqHttp(properties);
  }

  @Bean
  TokenCounter tokenCounter() {
    return new JtokkitTokenCounter();
  }

  @Bean
  ModelCatalog modelCatalog(GroqHttp http, GroqProperties properties) {
    GroqModelCatalog catalog = new GroqModelCatalog(http, properties, System::nanoTime);
    catalog.refresh();
    return catalog;
  }

  @Bean
  ChatModel chatModel(
      GroqHttp http, GroqProperties properties, ModelCatalog catalog, TokenCounter counter) {
    return new GroqChatModel(http, properties, new Refusals(new PromptSize(catalog, counter)));
  }
}
