package dev.groqchat.bootstrap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.env.PropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.Resource;

/**
 * Reads a {@code .env} file as docker compose does: {@code NAME=value}, {@code export} before it,
 * quotes around the value, comments. Spring's own reader of properties would keep the quotes. Real
 * environment variables win.
 */
public class DotEnvLoader implements PropertySourceLoader {
  private static final Pattern LINE =
      Pattern.compile(
          "\\s*(?:export\\s+)?(?<name>[A-Za-z_][A-Za-z0-9_.]*)\\s*=\\s*"
              + "(?:\"(?<double>[^\"]*)\"|'(?<single>[^']*)'|(?<plain>.*?))(?:\\s+#.*|\\s*)");

  @Override
  public String[] getFileExtensions() {
    return new String[] {"env"};
  }

  @Override
  public List<PropertySource<?>> load(String name, Resource resource) throws IOException {
    Map<String, Object> values = new LinkedHashMap<>();
    for (String line : resource.getContentAsString(StandardCharsets.UTF_8).lines().toList()) {
      if (!line.isBlank() && !line.stripLeading().startsWith("#")) {
        read(line, values);
      }
    }
    return List.of(new MapPropertySource(name, values));
  }

  private static void read(String line, Map<String, Object> values) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      // Not the line itself: it may hold a key.
      throw new IllegalArgumentException("a line of .env is not NAME=value");
    }
    String quoted =
        matcher.group("double") == null ? matcher.group("single") : matcher.group("double");
    values.put(matcher.group("name"), quoted == null ? matcher.group("plain") : quoted);
  }
}
