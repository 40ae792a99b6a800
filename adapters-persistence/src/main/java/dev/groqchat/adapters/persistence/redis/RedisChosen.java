package dev.groqchat.adapters.persistence.redis;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;

/**
 * Keeps Spring Boot's own Redis configuration out of a service that keeps everything in memory, and
 * its health indicator and repositories out of any: the store has an indicator of its own.
 */
final class RedisChosen implements AutoConfigurationImportFilter, EnvironmentAware {
  private static final String BOOTS = "org.springframework.boot.data.redis.autoconfigure.";
  private static final String CONNECTION = BOOTS + "DataRedisAutoConfiguration";

  private Environment environment = new StandardEnvironment();

  @Override
  public void setEnvironment(Environment environment) {
    this.environment = environment;
  }

  @Override
  public boolean[] match(
      @Nullable String[] autoConfigurations, AutoConfigurationMetadata autoConfigurationMetadata) {
    boolean chosen = "redis".equalsIgnoreCase(environment.getProperty("groqchat.store.kind"));
    boolean[] matches = new boolean[autoConfigurations.length];
    for (int index = 0; index < matches.length; index++) {
      matches[index] = wanted(autoConfigurations[index], chosen);
    }
    return matches;
  }

  private static boolean wanted(@Nullable String name, boolean chosen) {
    return name == null || !name.startsWith(BOOTS) || (chosen && name.equals(CONNECTION));
  }
}
