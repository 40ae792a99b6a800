package dev.groqchat.adapters.groq;

import java.net.ProxySelector;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.springframework.http.HttpHeaders;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/**
 * The connections to the provider, and the threads that serve them: closing it ends them all.
 * Thread-safe.
 */
final class GroqHttp implements AutoCloseable {
  /** No bound of its own, but that of addresses: who may ask is decided before anybody does. */
  private static final int MOST_CONNECTIONS = 65_535;

  /** What a fast model says in a {@link Beat}, and little where thousands are open. */
  private static final Http1Config BUFFERS = Http1Config.custom().setBufferSize(4096).build();

  /** Providers close idle ones after a minute and more. */
  private static final TimeValue IDLE = TimeValue.ofSeconds(30);

  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("groq-", 0).factory());
  private final Watchdog watchdog = new Watchdog();
  private final CloseableHttpClient client;
  private final RestClient streaming;
  private volatile boolean closed;

  GroqHttp(GroqProperties properties) {
    client = client(properties);
    streaming =
        RestClient.builder()
            .requestFactory(new CallFactory(client))
            .defaultHeader(HttpHeaders.AUTHORIZATION, "Bearer " + properties.apiKey())
            .defaultHeader(HttpHeaders.USER_AGENT, properties.userAgent())
            .defaultHeaders(headers -> introduce(headers, properties))
            .build();
  }

  /** Asks once, as it is told, and adds nothing: all else is decided here. */
  private static CloseableHttpClient client(GroqProperties properties) {
    return HttpClients.custom()
        .setConnectionManager(connections(properties))
        .setDefaultRequestConfig(RequestConfig.custom().setProtocolUpgradeEnabled(false).build())
        .setProxySelector(ProxySelector.getDefault())
        .evictIdleConnections(IDLE)
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableConnectionState()
        .disableContentCompression()
        .disableDefaultUserAgent()
        .build();
  }

  private static PoolingHttpClientConnectionManager connections(GroqProperties properties) {
    Timeout patience = Timeout.of(properties.connectTimeout());
    return PoolingHttpClientConnectionManagerBuilder.create()
        .useSystemProperties()
        .setConnectionFactory(_ -> new ProviderConnection(BUFFERS))
        .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
        .setMaxConnPerRoute(MOST_CONNECTIONS)
        .setDefaultConnectionConfig(ConnectionConfig.custom().setConnectTimeout(patience).build())
        .build();
  }

  private static void introduce(HttpHeaders headers, GroqProperties properties) {
    switch (properties.provider()) {
      case GROQ -> {
        // The key says who asks.
      }
      case OPENROUTER -> {
        headers.set("HTTP-Referer", properties.appUrl());
        headers.set("X-OpenRouter-Title", properties.appTitle());
      }
    }
  }

  /** For streams: whoever reads bounds the waits. A {@link Call} must be current. */
  RestClient streaming() {
    return streaming;
  }

  /** For small answers, which must not be silent for longer. */
  RestClient within(Duration patience) {
    var factory = new HttpComponentsClientHttpRequestFactory(client);
    factory.setReadTimeout(patience);
    return streaming.mutate().requestFactory(factory).build();
  }

  /** A virtual thread for each task; refuses once closed. */
  ExecutorService threads() {
    return threads;
  }

  Watchdog watchdog() {
    return watchdog;
  }

  /** Whether asking is a mistake by now. */
  boolean isClosed() {
    return closed;
  }

  /** Breaks off what is under way. Idempotent. */
  @Override
  public void close() {
    closed = true;
    watchdog.close();
    threads.shutdownNow();
    client.close(CloseMode.IMMEDIATE);
  }

  /** Tells the current {@link Call} of its request. */
  private static final class CallFactory extends HttpComponentsClientHttpRequestFactory {
    private CallFactory(CloseableHttpClient client) {
      super(client);
    }

    @Override
    protected void postProcessHttpRequest(ClassicHttpRequest request) {
      Call.CURRENT.get().sends((Cancellable) request);
    }
  }
}
