package dev.groqchat.bootstrap;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Tells Spring Boot, which begins to log before it reads any setting of ours, what {@code
 * LOG_FORMAT} means. Unless it is said, a developer's {@code mvn} is read by people, all else by
 * machines. An unknown one is left to {@link LogProperties} to refuse, by name.
 */
class LogFormat implements EnvironmentPostProcessor, Ordered {
  private static final String NAME = "LOG_FORMAT";

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    boolean developing = environment.getProperty(DemoWithoutKey.ALLOWED, Boolean.class, false);
    String format = environment.getProperty(NAME, developing ? "pretty" : "json");
    environment
        .getPropertySources()
        .addLast(
            new MapPropertySource(
                NAME,
                format.strip().equalsIgnoreCase("pretty")
                    ? Map.of("spring.output.ansi.enabled", "always")
                    : Map.of("logging.structured.format.console", "logstash")));
  }

  @Override
  public int getOrder() {
    return ConfigDataEnvironmentPostProcessor.ORDER + 3;
  }
}
