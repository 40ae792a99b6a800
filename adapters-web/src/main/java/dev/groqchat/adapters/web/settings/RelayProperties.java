package dev.groqchat.adapters.web.settings;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What the OpenAI-compatible API can be told.
 *
 * @param maxBody the most bytes a request's body may have there; larger than elsewhere, as images
 *     come with it
 * @param maxBodies the most bytes of bodies there that may be in memory at once, each until its
 *     relay is over; null for a quarter of the heap
 * @param statusPatience how long the answer waits for the provider's status, before it begins
 *     without
 */
@ConfigurationProperties("groqchat.web.relay")
public record RelayProperties(
    @DefaultValue("20MB") DataSize maxBody,
    @Nullable DataSize maxBodies,
    @DefaultValue("10s") Duration statusPatience) {

  public RelayProperties {
    if (maxBodies != null && maxBodies.compareTo(maxBody) < 0) {
      throw new IllegalArgumentException(
          "groqchat.web.relay.max-bodies must not be below groqchat.web.relay.max-body");
    }
  }
}
