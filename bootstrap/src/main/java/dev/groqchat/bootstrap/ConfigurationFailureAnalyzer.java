package dev.groqchat.bootstrap;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.validation.FieldError;

/**
 * Says which variable is wrong when the service does not start. People set {@code MAX_TOKENS}, not
 * {@code groqchat.chat.max-tokens}: the name is looked up in the YAML file's placeholder. Values
 * are not shown: one might be a key.
 */
class ConfigurationFailureAnalyzer
    extends AbstractFailureAnalyzer<ConfigurationPropertiesBindException> {
  private static final Pattern PROPERTY = Pattern.compile("groqchat(?:\\.[a-z-]+)+");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)");

  /** Another property of the YAML file, whose name may hold a further one's value. */
  private static final Pattern ELSEWHERE =
      Pattern.compile("\\$\\{(groqchat\\.[a-z0-9.-]*(?:\\$\\{[a-z0-9.-]+}[a-z0-9.-]*)?)}");

  private final @Nullable ConfigurableEnvironment environment;

  ConfigurationFailureAnalyzer(Environment environment) {
    this.environment = environment instanceof ConfigurableEnvironment known ? known : null;
  }

  @Override
  protected @Nullable FailureAnalysis analyze(
      Throwable rootFailure, ConfigurationPropertiesBindException cause) {
    Mistake mistake = mistake(cause);
    String variable = variable(mistake.property());
    String name = variable == null ? mistake.property() : variable;
    String action =
        variable == null
            ? "Correct " + name + "."
            : "Set the environment variable " + name + ", or put it into a file called .env.";
    if (mistake.property().equals("groqchat.groq.api-key")) {
      action += " To look around without a key, start the demo: --spring.profiles.active=demo";
    }
    return new FailureAnalysis(name + " " + mistake.rule(), action, cause);
  }

  private static Mistake mistake(ConfigurationPropertiesBindException cause) {
    Mistake found = new Mistake("the configuration", "cannot be used");
    for (Throwable at = cause; at != null; at = at.getCause()) {
      switch (at) {
        case BindValidationException invalid -> {
          return invalid(invalid);
        }
        case BindException bind ->
            found = new Mistake(bind.getName().toString(), "cannot be read as what it should be");
        case IllegalArgumentException refused -> found = refused(refused).orElse(found);
        default -> {}
      }
    }
    return found;
  }

  private static Mistake invalid(BindValidationException invalid) {
    FieldError error = (FieldError) invalid.getValidationErrors().getAllErrors().getFirst();
    String property = invalid.getValidationErrors().getName() + "." + dashed(error.getField());
    return new Mistake(property, String.valueOf(error.getDefaultMessage()));
  }

  private static Optional<Mistake> refused(IllegalArgumentException refused) {
    Matcher property = PROPERTY.matcher(String.valueOf(refused.getMessage()));
    return property.lookingAt()
        ? Optional.of(
            new Mistake(
                property.group(),
                String.valueOf(refused.getMessage()).substring(property.end()).strip()))
        : Optional.empty();
  }

  private static String dashed(String field) {
    return field.replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
  }

  /** The variable that the YAML file takes a property from. */
  private @Nullable String variable(String property) {
    if (environment == null) {
      return null;
    }
    for (PropertySource<?> source : environment.getPropertySources()) {
      String written = String.valueOf(source.getProperty(property));
      Matcher elsewhere = ELSEWHERE.matcher(written);
      if (elsewhere.matches()) {
        return variable(environment.resolvePlaceholders(elsewhere.group(1)));
      }
      Matcher variable = VARIABLE.matcher(written);
      if (variable.find()) {
        return variable.group(1);
      }
    }
    return null;
  }

  private record Mistake(String property, String rule) {}
}
