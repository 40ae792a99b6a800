package dev.groqchat.bootstrap;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Starts the demo profile where the provider's key is not set, if the way of starting says so: a
 * developer's {@code mvn} does, the jar and the image do not, so that nobody runs a demo in
 * production for want of a variable.
 */
class DemoWithoutKey implements EnvironmentPostProcessor, Ordered {
  static final String ALLOWED = "groqchat.demo-without-key";

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    boolean allowed = environment.getProperty(ALLOWED, Boolean.class, false);
    if (allowed && environment.getProperty("groqchat.groq.api-key", "").isBlank()) {
      environment.addActiveProfile("demo");
    }
  }

  @Override
  public int getOrder() {
    // After the provider was chosen.
    return ConfigDataEnvironmentPostProcessor.ORDER + 2;
  }
}
