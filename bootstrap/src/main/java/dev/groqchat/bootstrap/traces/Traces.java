package dev.groqchat.bootstrap.traces;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Makes spans, and has them exported in batches by a thread of its own. Nobody waits for that
 * thread: spans that end while {@link #MOST_WAITING} are waiting are dropped. Thread-safe.
 */
final class Traces implements AutoCloseable {
  /** Of a few hundred bytes each. */
  static final int MOST_WAITING = 2_048;

  /** How long an end of the service is held up by what is left to export. */
  private static final Duration LAST_EXPORT = Duration.ofSeconds(2);

  private static final Duration BETWEEN_EXPORTS = Duration.ofSeconds(1);

  private final SdkTracerProvider provider;

  Traces(TracesProperties properties, SpanExporter exporter) {
    AttributeKey<String> name = AttributeKey.stringKey("service.name");
    this.provider =
        SdkTracerProvider.builder()
            .setResource(
                Resource.getDefault()
                    .merge(Resource.create(Attributes.of(name, properties.serviceName()))))
            .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(properties.sampled())))
            .addSpanProcessor(
                BatchSpanProcessor.builder(new Delivery(exporter))
                    .setMaxQueueSize(MOST_WAITING)
                    .setScheduleDelay(BETWEEN_EXPORTS)
                    .build())
            .build();
  }

  Tracer tracer() {
    return provider.get("dev.groqchat");
  }

  /** Exports what is left, if that goes quickly. */
  @Override
  public void close() {
    var _ = provider.shutdown().join(LAST_EXPORT.toMillis(), TimeUnit.MILLISECONDS);
  }
}
