package dev.groqchat.adapters.groq;

import dev.groqchat.application.port.out.ChatModel;
import dev.groqchat.application.port.out.TokenCounter;
import dev.groqchat.domain.model.ModelId;
import java.net.URI;
import java.time.Duration;

/** The module as its configuration puts it together, with limits that a test can wait for. */
final class Gateway implements AutoCloseable {
  static final String KEY = "gsk_canary0123456789";

  /** Longer than anything that a test waits for. */
  static final Duration LONG = Duration.ofSeconds(60);

  /** Made once: it reads megabytes. */
  private static final TokenCounter COUNTER = new JtokkitTokenCounter();

  final GroqHttp http;
  final GroqModelCatalog catalog;

  /** What asks the provider, and nothing around it. */
  final ChatModel model;

  /** All of it. */
  final ChatModel whole;

  private Gateway(GroqProperties properties) {
    var configuration = new GroqConfiguration();
    http = configuration.groqHttp(properties);
    catalog = new GroqModelCatalog(http, properties, System::nanoTime);
    model = new GroqChatModel(http, properties, new Refusals(new PromptSize(catalog, COUNTER)));
    whole =
        configuration.chatModel(
            http,
            properties,
            catalog,
            COUNTER,
            configuration.circuitBreakers(properties),
            configuration.retries());
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
    return properties(Provider.GROQ, url, connect, firstToken, silence, reply);
  }

  /** One that takes the other side for OpenRouter, and waits for everything. */
  static Gateway toOpenRouter(URI url) {
    return new Gateway(
        properties(Provider.OPENROUTER, url, Duration.ofSeconds(10), LONG, LONG, LONG));
  }

  private static GroqProperties properties(
      Provider provider,
      URI url,
      Duration connect,
      Duration firstToken,
      Duration silence,
      Duration reply) {
    return new GroqProperties(
        provider,
        url.toString(),
        KEY,
        connect,
        firstToken,
        silence,
        reply,
        new ModelId("openai/gpt-oss-120b"),
        "canary/1.0",
        "https://canary.example",
        "The canary");
  }

  @Override
  public void close() {
    http.close();
  }
}
