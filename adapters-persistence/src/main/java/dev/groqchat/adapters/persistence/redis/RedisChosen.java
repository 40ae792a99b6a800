package dev.groqchat.adapters.persistence.redis;

import java.util.List;
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

  private static final List<String> UNWANTED =
      List.of(
          BOOTS + "DataRedisAnnotationDriven",
          BOOTS + "DataRedisReactive",
          BOOTS + "DataRedisRepositories",
          BOOTS + "health.");

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

  /** Asked for classes that auto-configurations import, too: whatever belongs to the connection. */
  private static boolean wanted(@Nullable String name, boolean chosen) {
    if (name == null || !name.startsWith(BOOTS)) {
      return true;
    }
    return chosen && UNWANTED.stream().noneMatch(name::startsWith);
  }
}
