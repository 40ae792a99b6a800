package dev.groqchat.adapters.web.settings;

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
 * @param allowedOrigins the origins besides our own whose pages may open sockets: {@code
 *     https://chat.example}, or {@code *} for all
 * @param writeTimeout how long a client may leave our bytes unread
 * @param idleTimeout how long a connection may say nothing, not even in answer
 */
@ConfigurationProperties("groqchat.web")
public record WebProperties(
    @Nullable String apiKey,
    @Nullable String apiKeys,
    @DefaultValue("1MB") DataSize maxBody,
    @DefaultValue List<String> allowedOrigins,
    @DefaultValue("15s") Duration writeTimeout,
    @DefaultValue("60s") Duration idleTimeout) {

  /** Without the keys. */
  @Override
  public String toString() {
    return "WebProperties[maxBody=%s, allowedOrigins=%s, writeTimeout=%s, idleTimeout=%s]"
        .formatted(maxBody, allowedOrigins, writeTimeout, idleTimeout);
  }
}
