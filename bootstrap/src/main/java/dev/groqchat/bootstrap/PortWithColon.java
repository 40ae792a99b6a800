package dev.groqchat.bootstrap;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Accepts {@code PORT=:8080}, as the earlier services did, for {@code PORT=8080}. */
class PortWithColon implements EnvironmentPostProcessor, Ordered {
  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    String port = environment.getProperty("PORT");
    if (port != null && port.startsWith(":")) {
      environment
          .getPropertySources()
          .addFirst(new MapPropertySource("portWithColon", Map.of("PORT", port.substring(1))));
    }
  }

  @Override
  public int getOrder() {
    return ConfigDataEnvironmentPostProcessor.ORDER + 1;
  }
}
