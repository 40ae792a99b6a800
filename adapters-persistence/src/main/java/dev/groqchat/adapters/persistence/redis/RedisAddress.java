package dev.groqchat.adapters.persistence.redis;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Accepts {@code REDIS_ADDR} as {@code host:port} or as a URL, for Spring's own {@code
 * spring.data.redis.url}. Without it, Spring's own properties hold as they are.
 */
final class RedisAddress implements EnvironmentPostProcessor, Ordered {
  private static final Set<String> SCHEMES = Set.of("redis", "rediss");

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    String address = environment.getProperty("REDIS_ADDR", "").strip();
    if (!address.isEmpty()) {
      environment
          .getPropertySources()
          .addFirst(
              new MapPropertySource(
                  "redisAddress",
                  Map.of(
                      "spring.data.redis.url",
                      url(address, environment.getProperty("REDIS_PASSWORD", "")))));
    }
  }

  /** With the password, unless the URL brings its own: Spring takes none beside a URL. */
  static String url(String address, String password) {
    URI uri = URI.create(url(address));
    if (password.isBlank() || uri.getRawUserInfo() != null) {
      return uri.toString();
    }
    String encoded = URLEncoder.encode(password, StandardCharsets.UTF_8).replace("+", "%20");
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    return uri.getScheme() + "://:" + encoded + "@" + uri.getRawAuthority() + path;
  }

  /** Without the address in what is thrown: it may hold a password. */
  static String url(String address) {
    String url = address.contains("://") ? address : "redis://" + local(address);
    try {
      URI uri = new URI(url);
      if (uri.getHost() != null && SCHEMES.contains(uri.getScheme())) {
        return url;
      }
    } catch (URISyntaxException _) {
      // Said below, without the value.
    }
    throw new IllegalArgumentException(
        "REDIS_ADDR must be host:port, or a URL that begins with redis:// or rediss://");
  }

  /** As for PORT, {@code :6379} is a port of this machine. */
  private static String local(String address) {
    return address.startsWith(":") ? "localhost" + address : address;
  }

  @Override
  public int getOrder() {
    return ConfigDataEnvironmentPostProcessor.ORDER + 1;
  }
}
