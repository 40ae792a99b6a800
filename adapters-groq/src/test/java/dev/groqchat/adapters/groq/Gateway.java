package dev.groqchat.adapters.groq;

import dev.groqchat.application.port.out.ChatModel;
import dev.groqchat.domain.model.ModelId;
import java.net.URI;
import java.time.Duration;

/** The module as its configuration puts it together, with limits that a test can wait for. */
final class Gateway implements AutoCloseable {
  static final String KEY = "gsk_canary0123456789";

  /** Longer than anything that a test waits for. */
  static final Duration LONG = Duration.ofSeconds(60);

  final GroqHttp http;
  final GroqModelCatalog catalog;
  final ChatModel model;

  private Gateway(GroqProperties properties) {
    var configuration = new GroqConfiguration();
    http = configuration.groqHttp(properties);
    catalog = new GroqModelCatalog(http, properties, System::nanoTime);
    model = configuration.chatModel(http, properties, catalog, configuration.tokenCounter());
  }

  /** One that waits for everything. */
  static Gateway to(URI url) {
    return within(url, LONG, LONG, LONG);
  }

  static Gateway within(URI url, Duration firstToken, Duration silence, Duration reply) {
    return new Gateway(properties(url, Duration.ofSeconds(10), firstToken, silence, reply));
  }

  static Gateway connectingWithin(URI url, Duration connect) {
    return new Gateway(properties(url, connect, LONG, LONG, LONG));
  }

  static GroqProperties properties(
      URI url, Duration connect, Duration firstToken, Duration silence, Duration reply) {
    return new GroqProperties(
        url.toString(),
        KEY,
        connect,
        firstToken,
        silence,
        reply,
        new ModelId("openai/gpt-oss-120b"),
        "canary/1.0");
  }

  @Override
  public void close() {
    http.close();
  }
}
