package dev.groqchat.adapters.web.settings;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What the OpenAI-compatible API can be told.
 *
 * @param maxBody the most bytes a request's body may have there; larger than elsewhere, as images
 *     come with it
 * @param statusPatience how long the answer waits for the provider's status, before it begins
 *     without
 */
@ConfigurationProperties("groqchat.web.relay")
public record RelayProperties(
    @DefaultValue("20MB") DataSize maxBody, @DefaultValue("10s") Duration statusPatience) {}
