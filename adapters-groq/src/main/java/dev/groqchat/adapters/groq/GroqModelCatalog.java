package dev.groqchat.adapters.groq;

import dev.groqchat.application.port.out.ModelCatalog;
import dev.groqchat.domain.model.ModelId;
import dev.groqchat.domain.model.ModelInfo;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.RestClient;
import tools.jackson.core.JacksonException;

/**
 * Learns from the provider what its models can hold. Whoever asks gets what is known by then; what
 * has grown old is fetched anew beside, on a virtual thread that ends with the connections. While
 * nothing could be fetched, {@link KnownModels} stand in. Thread-safe.
 */
final class GroqModelCatalog implements ModelCatalog {
  /** How old the list may grow before somebody's asking has it fetched again. */
  static final Duration REFRESH = Duration.ofMinutes(10);

  private static final Logger log = LoggerFactory.getLogger(GroqModelCatalog.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MAX_BYTES = 8 << 20;

  private final GroqHttp http;
  private final RestClient rest;
  private final GroqProperties properties;
  private final LongSupplier nanos;
  private final AtomicLong nextFetch;
  private volatile Known known;

  /**
   * A catalog of the known models, until {@link #refresh()}.
   *
   * @param nanos as {@link System#nanoTime()}
   */
  GroqModelCatalog(GroqHttp http, GroqProperties properties, LongSupplier nanos) {
    this.http = http;
    this.rest = http.within(PATIENCE);
    this.properties = properties;
    this.nanos = nanos;
    this.nextFetch = new AtomicLong(nanos.getAsLong());
    this.known = Known.of(KnownModels.at(properties.provider()), properties.defaultModel());
  }

  @Override
  public List<ModelInfo> models() {
    refresh();
    return known.offered;
  }

  @Override
  public ModelInfo describe(ModelId model) {
    refresh();
    ModelInfo info = known.byId.get(model);
    return info == null ? KnownModels.guess(model) : info;
  }

  /** Has the list fetched, unless that was done a while ago. Returns at once. */
  void refresh() {
    long due = nextFetch.get();
    long now = nanos.getAsLong();
    if (now - due < 0 || !nextFetch.compareAndSet(due, now + REFRESH.toNanos())) {
      return;
    }
    try {
      http.threads().execute(this::fetch);
    } catch (RejectedExecutionException _) {
      // Closed: what is known stays.
    }
  }

  private void fetch() {
    try {
      List<ModelInfo> told =
          rest.get()
              .uri(properties.endpoint("models"))
              .exchangeForRequiredValue((_, response) -> read(response), false);
      if (!told.isEmpty()) {
        known = Known.of(told, properties.defaultModel());
        log.info("the model provider offers {} chat models", told.size());
      }
    } catch (RuntimeException e) {
      log.warn("the models on offer cannot be fetched: {}", e.getClass().getSimpleName());
    }
  }

  private static List<ModelInfo> read(ClientHttpResponse response) throws IOException {
    try (InputStream body = response.getBody()) {
      if (response.getStatusCode().is2xxSuccessful()) {
        return ModelList.parse(body.readNBytes(MAX_BYTES));
      }
      log.warn(
          "the models on offer cannot be fetched: status={}", response.getStatusCode().value());
    } catch (JacksonException e) {
      log.warn("the models on offer cannot be read: {}", e.getClass().getSimpleName());
    }
    return List.of();
  }

  /**
   * What is known at a time.
   *
   * @param offered the default first
   */
  private record Known(List<ModelInfo> offered, Map<ModelId, ModelInfo> byId) {
    private static Known of(List<ModelInfo> told, ModelId defaultModel) {
      Map<ModelId, ModelInfo> byId = new LinkedHashMap<>();
      KnownModels.AT_GROQ.forEach(model -> byId.put(model.id(), model));
      told.forEach(model -> byId.put(model.id(), model));
      List<ModelInfo> offered = new ArrayList<>();
      offered.add(byId.getOrDefault(defaultModel, KnownModels.guess(defaultModel)));
      told.stream().filter(model -> !model.id().equals(defaultModel)).forEach(offered::add);
      return new Known(List.copyOf(offered), Map.copyOf(byId));
    }
  }
}
