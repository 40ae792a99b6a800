package dev.groqchat.bootstrap;

import dev.groqchat.simulator.Simulator;
import dev.groqchat.simulator.SimulatorConfig;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * The demo: the service asks the built-in simulator, over real HTTP on a free port of the loopback.
 * It is started before any other bean, and hence stopped after all of them.
 */
@Configuration(proxyBeanMethods = false)
@Profile("demo")
class DemoConfiguration {
  private static final Logger LOG = LoggerFactory.getLogger(DemoConfiguration.class);

  @Bean(destroyMethod = "close")
  static Simulator simulator() {
    return Simulator.start(SimulatorConfig.defaults());
  }

  @Bean
  static BeanFactoryPostProcessor askTheSimulator(ConfigurableEnvironment environment) {
    return beans -> {
      String address = beans.getBean(Simulator.class).baseUrl().toString();
      Map<String, Object> provider =
          Map.of(
              ProviderChoice.CHOSEN,
              "groq",
              "groqchat.groq.provider",
              "groq",
              "groqchat.groq.base-url",
              address,
              "groqchat.groq.api-key",
              "demo");
      environment.getPropertySources().addFirst(new MapPropertySource("demo", provider));
      LOG.warn(
          "DEMO: no model is asked; the answers come from the built-in simulator at {}", address);
    };
  }
}
