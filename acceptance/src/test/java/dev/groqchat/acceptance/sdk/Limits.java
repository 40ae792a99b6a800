package dev.groqchat.acceptance.sdk;

import java.util.List;
import java.util.Optional;

/**
 * What an SDK cannot do, whatever it talks to. A limit that no longer holds fails the test, as does
 * one that shows in another way.
 */
final class Limits {
  /**
   * A limit.
   *
   * @param shows how what a {@link Fact} says of it begins
   * @param reason for the README
   */
  record Limit(List<String> clients, List<String> scenarios, String shows, String reason) {}

  static final List<Limit> ALL =
      List.of(
          new Limit(
              List.of(
                  "@ai-sdk/groq",
                  "@ai-sdk/openai-compatible",
                  "@langchain/groq",
                  "@langchain/openai",
                  "langchain4j-open-ai",
                  "spring-ai-openai"),
              List.of("models", "model"),
              "no such call",
              "Has no call for models."),
          new Limit(
              List.of("@langchain/groq", "@langchain/openai"),
              List.of("reasoning", "reasoning-stream"),
              "no reasoning",
              "Leaves out what stands in `reasoning`."),
          new Limit(
              List.of("langchain4j-open-ai"),
              List.of("429", "429-once"),
              "waits ",
              "Tries again when it likes: it does not look at `retry-after`."),
          new Limit(
              List.of(
                  "@ai-sdk/groq",
                  "@ai-sdk/openai-compatible",
                  "@langchain/groq",
                  "@langchain/openai"),
              List.of("503", "503-stream"),
              "3 attempts",
              "Does not look at `x-should-retry`: its retries come on top of the service's."),
          new Limit(
              List.of("langchain4j-open-ai"),
              List.of("503"),
              "3 attempts",
              "Does not look at `x-should-retry`: its retries come on top of the service's."));

  private Limits() {}

  static Optional<Limit> of(String client, String scenario) {
    return ALL.stream()
        .filter(it -> it.clients().contains(client) && it.scenarios().contains(scenario))
        .findFirst();
  }
}
