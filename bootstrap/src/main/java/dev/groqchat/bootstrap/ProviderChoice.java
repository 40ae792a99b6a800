package dev.groqchat.bootstrap;

import dev.groqchat.adapters.groq.Provider;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Says which of the YAML file's providers {@code LLM_PROVIDER} means, so that the settings below it
 * can be taken from there. An unknown one is left to the setting itself to refuse, by name.
 */
class ProviderChoice implements EnvironmentPostProcessor, Ordered {
  /** The chosen one's word; see the YAML file. */
  static final String CHOSEN = "groqchat.providers.chosen";

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    String wanted = environment.getProperty("LLM_PROVIDER", "").strip().toUpperCase(Locale.ROOT);
    Provider chosen =
        Arrays.stream(Provider.values())
            .filter(it -> it.name().equals(wanted))
            .findFirst()
            .orElse(Provider.GROQ);
    environment
        .getPropertySources()
        .addLast(new MapPropertySource("providerChoice", Map.of(CHOSEN, chosen.word())));
  }

  @Override
  public int getOrder() {
    return ConfigDataEnvironmentPostProcessor.ORDER + 1;
  }
}
