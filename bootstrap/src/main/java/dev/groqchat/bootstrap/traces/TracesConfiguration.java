package dev.groqchat.bootstrap.traces;

import dev.groqchat.adapters.groq.GroqProperties;
import dev.groqchat.application.port.out.ChatModel;
import dev.groqchat.application.port.out.ModelCatalog;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.export.RetryPolicy;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.URI;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/**
 * Traces, off unless {@code OTEL_EXPORTER_OTLP_ENDPOINT} says where they go: decision 19. Nothing
 * but this package knows of them; the model is wrapped, requests pass a filter.
 */
@Configuration(proxyBeanMethods = false)
@Conditional(TracesWanted.class)
@EnableConfigurationProperties(TracesProperties.class)
class TracesConfiguration {
  private static final Logger LOG = LoggerFactory.getLogger(TracesConfiguration.class);

  /** How long an export may take; the next one waits so long. */
  private static final Duration EXPORT_TIMEOUT = Duration.ofSeconds(5);

  @Bean(destroyMethod = "close")
  Traces traces(TracesProperties properties) {
    URI url = properties.url();
    LOG.info("traces go to {}://{}", url.getScheme(), url.getHost());
    return new Traces(properties, exporter(properties));
  }

  private static SpanExporter exporter(TracesProperties properties) {
    return OtlpHttpSpanExporter.builder()
        .setEndpoint(properties.url().toString())
        .setHeaders(properties::headersByName)
        .setConnectTimeout(EXPORT_TIMEOUT)
        .setTimeout(EXPORT_TIMEOUT)
        .setRetryPolicy(
            RetryPolicy.builder()
                .setMaxAttempts(3)
                .setInitialBackoff(Duration.ofMillis(500))
                .build())
        .build();
  }

  @Bean
  TracedRequests tracedRequests(Traces traces) {
    return new TracedRequests(traces.tracer());
  }

  /** Over the one that the adapter makes. */
  @Bean
  @Primary
  ChatModel tracedChatModel(
      ChatModel model, Traces traces, ModelCatalog catalog, GroqProperties provider) {
    return new TracedChatModel(model, traces.tracer(), catalog, about(provider));
  }

  private static Attributes about(GroqProperties provider) {
    URI url = URI.create(provider.baseUrl());
    long usual = "http".equalsIgnoreCase(url.getScheme()) ? 80 : 443;
    return Attributes.builder()
        .put(ChatSpan.PROVIDER, provider.provider().word())
        .put(ChatSpan.SERVER, url.getHost())
        .put(ChatSpan.PORT, Long.valueOf(url.getPort() < 0 ? usual : url.getPort()))
        .build();
  }
}
