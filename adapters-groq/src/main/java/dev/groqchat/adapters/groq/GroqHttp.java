package dev.groqchat.adapters.groq;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.http.HttpHeaders;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/**
 * The connections to the provider, and the threads that serve them: closing it ends them all.
 * Thread-safe.
 */
final class GroqHttp implements AutoCloseable {
  private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(2);

  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("groq-", 0).factory());
  private final Watchdog watchdog = new Watchdog();
  private final HttpClient client;
  private final RestClient streaming;

  GroqHttp(GroqProperties properties) {
    client =
        HttpClient.newBuilder()
            // HTTP/2 would put all streams on one connection, and over plain http asks for h2c.
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(properties.connectTimeout())
            .executor(threads)
            .build();
    var factory = new JdkClientHttpRequestFactory(new WatchedHttpClient(client), threads);
    // It asks for gzip unless told not to; packed, a stream cannot say what is there already.
    factory.enableCompression(false);
    streaming =
        RestClient.builder()
            .requestFactory(factory)
            .defaultHeader(HttpHeaders.AUTHORIZATION, "Bearer " + properties.apiKey())
            .defaultHeader(HttpHeaders.USER_AGENT, properties.userAgent())
            .defaultHeaders(headers -> introduce(headers, properties))
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

  /** For streams: whoever reads bounds the waits. */
  RestClient streaming() {
    return streaming;
  }

  /** For small answers, which have to be there within a time. */
  RestClient within(Duration patience) {
    var factory = new JdkClientHttpRequestFactory(client, threads);
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

  /** Breaks off what is under way. Idempotent. */
  @Override
  public void close() {
    watchdog.close();
    threads.shutdownNow();
    client.shutdownNow();
    try {
      client.awaitTermination(PATIENCE_AT_CLOSE);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
