package dev.groqchat.bootstrap.traces;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says once that spans cannot be delivered, and once that they can again: the library's own words
 * would come with every batch, and would quote the receiver's answer. Thread-safe.
 */
final class Delivery implements SpanExporter {
  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

  private final SpanExporter exporter;
  private final AtomicBoolean failing = new AtomicBoolean();

  Delivery(SpanExporter exporter) {
    this.exporter = exporter;
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    CompletableResultCode result = exporter.export(spans);
    return result.whenComplete(() -> delivered(result.isSuccess()));
  }

  private void delivered(boolean well) {
    if (failing.getAndSet(!well) == well) {
      if (well) {
        LOG.info("traces are delivered again");
      } else {
        LOG.warn("traces cannot be delivered; until they can, they are dropped");
      }
    }
  }

  @Override
  public CompletableResultCode flush() {
    return exporter.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return exporter.shutdown();
  }
}
