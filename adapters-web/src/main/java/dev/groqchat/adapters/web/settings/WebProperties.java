package dev.groqchat.adapters.web.settings;

import dev.groqchat.adapters.web.network.TrustedProxies;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What the surfaces over HTTP can be told.
 *
 * @param apiKey the key called {@code default}; null or blank for none
 * @param apiKeys named keys: {@code alice:secret,bob:sha256:<hex>}; null or blank for none
 * @param maxBody the most bytes a request's body may have
 * @param allowedOrigins the origins besides our own whose pages may ask and open sockets: {@code
 *     https://chat.example}, or {@code *} for all
 * @param trustedProxies whose X-Forwarded-For header counts: addresses, and blocks like {@code
 *     10.0.0.0/8}; nobody's if empty
 * @param writeTimeout how long a client may leave our bytes unread
 * @param idleTimeout how long a connection may say nothing, not even in answer
 * @param requestTimeout how long a request's body may take to come, however steadily it does
 */
@ConfigurationProperties("groqchat.web")
public record WebProperties(
    @Nullable String apiKey,
    @Nullable String apiKeys,
    @DefaultValue("1MB") DataSize maxBody,
    @DefaultValue List<String> allowedOrigins,
    @DefaultValue List<String> trustedProxies,
    @DefaultValue("15s") Duration writeTimeout,
    @DefaultValue("60s") Duration idleTimeout,
    @DefaultValue("2m") Duration requestTimeout) {

  public WebProperties {
    // What is wrong with them is said at the start, and by the name they were set by.
    var _ = ApiKeys.parse(apiKey, apiKeys);
    if (!writeTimeout.isPositive() || !requestTimeout.isPositive()) {
      throw new IllegalArgumentException(
          "groqchat.web: write-timeout and request-timeout must be positive");
    }
    try {
      var _ = TrustedProxies.of(trustedProxies);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("groqchat.web.trusted-proxies " + e.getMessage(), e);
    }
  }

  /** Without the keys. */
  @Override
  public String toString() {
    return "WebProperties[maxBody=%s, allowedOrigins=%s, trustedProxies=%s, writeTimeout=%s, idleTimeout=%s, requestTimeout=%s]"
        .formatted(
            maxBody, allowedOrigins, trustedProxies, writeTimeout, idleTimeout, requestTimeout);
  }
}
